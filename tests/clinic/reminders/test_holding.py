"""A reminder leaves while what it says is true, and not a moment longer."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from tests.clinic import team
from tests.clinic.administration.test_administration import OWN
from tests.clinic.browsing import signed_in
from tests.clinic.reminders.scene import (
    NOW,
    TO,
    due_now,
    moment_of,
    post_office,
    reminded,
)

from isocourse.clinic.log import clock
from isocourse.clinic.log.models import Course, Head
from isocourse.clinic.log.reading import read
from isocourse.clinic.log.recording import record, writing
from isocourse.clinic.log.sealing import Cipher
from isocourse.clinic.people.models import Clinic
from isocourse.clinic.reminders import contact, deciding, planning, sending
from isocourse.clinic.reminders.deadlines import PLANNED
from isocourse.clinic.reminders.deadlines import read as day_of
from isocourse.clinic.reminders.models import Deadline, Door, Message, Planned, Purpose, State
from isocourse.clinic.supply.handing_over import give
from isocourse.clinic.worklist.keeping import of_yesterday, refresh
from isocourse.clinic.worklist.standing import stand

LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def supplied(sqlite: str) -> Course:
    """Somebody with capsules in hand: what comes next is in the plan alone."""
    return with_capsules(team.clinic())


def with_capsules(of: Clinic, to: str = TO) -> Course:
    course, supply = team.ready_to_hand_over(of)
    with clock.standing_at(LATER):
        contact.agree(course, team.writer(of, "nurse"), to)
        with writing(course, team.writer(of, "pharmacist")) as pen:
            give(pen, supply)
    return course


def by_the_plan(course: Course) -> set[str]:
    """The messages that hang on the plan and wait."""
    cipher = Cipher(course.key)
    rows = Deadline.objects.filter(course=course)
    planned = {row.uid for row in rows if day_of(cipher.opened(row.body)).rule in PLANNED}
    held = Message.objects.filter(course=course, state=State.WAITING, deadline__in=planned)
    return set(held.values_list("key", flat=True))


LOOKS: dict[str, Callable[[Course], Any]] = {
    "the nightly run": lambda course: refresh(),
    "a page that is opened": stand,
    "the calendar of the team": lambda course: signed_in(
        team.member(course.clinic, "nurse", "nora")
    ).get(f"/courses/{course.code}/calendar.ics"),
}


@pytest.mark.parametrize("look", LOOKS)
def test_a_look_withdraws_nothing_that_was_planned(supplied: Course, look: str) -> None:
    with clock.standing_at(LATER):
        assert planning.plan_again(9) == 1
        before = by_the_plan(supplied)
        of_yesterday(supplied.clinic)
        LOOKS[look](supplied)
    assert by_the_plan(supplied) == before and before


def test_what_is_written_withdraws_the_plan_until_there_is_another(supplied: Course) -> None:
    with clock.standing_at(LATER):
        planning.plan_again(9)
        before = by_the_plan(supplied)
        record(supplied, team.writer(supplied.clinic), [team.WEIGHT])
        assert not by_the_plan(supplied)
        assert planning.plan_again(9) == 1
    assert by_the_plan(supplied) == before


def test_other_settings_of_a_clinic_ask_for_another_plan(supplied: Course) -> None:
    admin = signed_in(team.member(supplied.clinic, "administrator", "ruth"))
    with clock.standing_at(LATER):
        planning.plan_again(9)
        admin.post("/administration/", {"form": "rules", "max_supply_days": "28", **OWN})
        supplied.clinic.refresh_from_db()
        assert supplied.clinic.settings and planning.plan_again(9) == 1


def test_who_cannot_be_planned_does_not_keep_the_others_waiting(
    sqlite: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Given some whose plan fails each time; when a pass has room for so many; then others come."""
    clinic = team.clinic()
    courses = [with_capsules(clinic, f"p{n}@example.org") for n in range(3)]
    real, asked = planning._plan, []

    def fails(held: Any) -> None:
        asked.append(held.course.pk)
        if held.course.pk != courses[-1].pk:
            raise ZeroDivisionError
        real(held)

    monkeypatch.setattr(planning, "_plan", fails)
    with clock.standing_at(LATER):
        done = [planning.plan_again(2), planning.plan_again(2)]
    assert done == [0, 1] and asked[:3] == [each.pk for each in courses]


def test_nothing_of_an_old_plan_is_sent_when_a_pass_cannot_plan_all(
    supplied: Course, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Given more old plans than a pass makes anew; then each is made anew before its mail."""
    tomorrow = NOW + timedelta(days=1)
    with clock.standing_at(LATER):
        planning.plan_again(9)
    held = Message.objects.filter(key__in=by_the_plan(supplied))
    visit = next(each for each in held if _day_of(each).rule == planning.VISIT)
    monkeypatch.setattr(sending, "plan_again", lambda at_most: 0)
    before = Planned.objects.get().on

    def passed() -> int:
        """How many mails go out while only the visit of the plan waits."""
        Message.objects.exclude(pk=visit.pk).update(state=State.SENT)
        Message.objects.filter(pk=visit.pk).update(state=State.WAITING, due=tomorrow)
        with post_office(settings) as box, clock.standing_at(tomorrow):
            sending.send()
            return len(box.held)

    assert passed() == 1 and Planned.objects.get().on > before
    monkeypatch.setattr(planning, "_plan", _breaks)
    Planned.objects.all().delete()
    assert passed() == 0
    visit.refresh_from_db()
    assert visit.state == State.WITHDRAWN


def _breaks(held: Any) -> None:
    raise ZeroDivisionError


def _day_of(message: Message) -> Any:
    row = Deadline.objects.get(uid=message.deadline)
    return day_of(Cipher(row.course.key).opened(row.body))


def test_who_wants_no_more_is_planned_no_more(supplied: Course) -> None:
    with clock.standing_at(LATER):
        assert planning.plan_again(9) == 1
        contact.end(supplied, team.writer(supplied.clinic, "nurse"), contact.BY_TEAM)
        assert planning.plan_again(9) == 0


def ended(course: Course, clinic: Clinic, day: Any) -> None:
    """Treatment stops."""
    record(course, team.writer(clinic), [{"kind": "stop", "at": day, "reason": "completed"}])


def pregnant(course: Course, clinic: Clinic, day: Any) -> None:
    """A pregnancy is known."""
    record(course, team.writer(clinic), [{"kind": "pregnancy", "at": day}])


def in_danger(course: Course, clinic: Clinic, day: Any) -> None:
    """Somebody thinks of suicide."""
    said = {"kind": "mental_health", "assessed": True, "concern": "suicidal_thoughts"}
    record(course, team.writer(clinic), [said | {"at": day}])


def handed_over(course: Course, clinic: Clinic, day: Any) -> None:
    """What it reminds of is done."""
    written = [each for each in read(course).events if each["kind"] == "prescription"][-1]
    supply = team.Supply(written["prescription_id"], 30, PACKS)
    with writing(course, team.writer(clinic, "pharmacist")) as pen:
        give(pen, supply)


PACKS = ({"mg": 20, "quantity": 60},)
MEANWHILE = (ended, pregnant, in_danger, handed_over)


@pytest.mark.parametrize("happens", MEANWHILE)
@pytest.mark.parametrize("state", [State.UNCERTAIN, State.FAILED])
def test_what_no_longer_holds_is_not_sent_again(
    sqlite: str, settings: Any, happens: Any, state: str
) -> None:
    """Given a reminder to pick up that was perhaps sent; when treatment ends, a pregnancy is
    known, harm is feared, or the thing is done; then nobody can send it again."""
    clinic = team.clinic()
    course = reminded(clinic)
    message = due_now(course)
    Message.objects.update(state=state)
    nurse = team.member(clinic, "nurse", "nora")
    with post_office(settings) as box, clock.standing_at(moment_of(message)):
        happens(course, clinic, team.today(course))
        answer = signed_in(nurse).post(f"/mail/{message.pk}/", {"do": "again"}, follow=True)
        assert "no longer holds" in answer.content.decode()
        message.refresh_from_db()
        assert message.state == state and message.by is None
        sending.send()
        assert not box.held
        assert deciding.decide(message, "cancel", nurse)


@pytest.mark.parametrize("happens", MEANWHILE)
def test_what_no_longer_holds_is_not_sent_whatever_its_row_says(
    sqlite: str, settings: Any, happens: Any
) -> None:
    clinic = team.clinic()
    course = reminded(clinic)
    message = due_now(course)
    with post_office(settings) as box, clock.standing_at(moment_of(message)):
        happens(course, clinic, team.today(course))
        Planned.objects.update(number=Head.objects.get(course=course).number)
        Message.objects.exclude(pk=message.pk).delete()
        Message.objects.update(state=State.WAITING)
        sending.send()
        message.refresh_from_db()
        assert message.state == State.WITHDRAWN and not box.held


def test_what_still_holds_is_sent_again(sqlite: str, settings: Any) -> None:
    clinic = team.clinic()
    message = due_now(reminded(clinic))
    Message.objects.update(state=State.UNCERTAIN)
    message.refresh_from_db()
    with post_office(settings) as box, clock.standing_at(moment_of(message)):
        assert deciding.decide(message, "again", team.member(clinic, "nurse", "nora"))
        sending.send()
        assert len(box.held) == 1


def test_while_harm_is_feared_nobody_is_reminded_to_go_on(sqlite: str) -> None:
    """And a reminder that was withdrawn for it comes back once a prescriber has looked."""
    clinic = team.clinic()
    course = reminded(clinic)
    last = due_now(course)
    with clock.standing_at(LATER):
        in_danger(course, clinic, LATER.date().isoformat())
        last.refresh_from_db()
        assert last.state == State.WITHDRAWN
    with clock.standing_at(LATER + timedelta(hours=20)):
        said = {"kind": "mental_health", "assessed": True, "concern": "none"}
        record(course, team.writer(clinic), [said | {"at": team.today(course)}])
    last.refresh_from_db()
    assert last.state == State.WAITING


def test_that_something_is_over_is_told_the_day_after(sqlite: str, settings: Any) -> None:
    """Given a course that ended; when its month without giving blood is over; then it is told."""
    over = _over(_ended(team.clinic()))
    with post_office(settings) as box, clock.standing_at(moment_of(over)):
        refresh()
        sending.send()
        assert len(box.held) == 1 and "Something has changed" in str(box.held[0]["Subject"])


def test_that_something_is_over_is_not_told_to_who_began_again(sqlite: str, settings: Any) -> None:
    clinic = team.clinic()
    course = _ended(clinic)
    over = _over(course)
    with post_office(settings) as box, clock.standing_at(moment_of(over)):
        day = team.today(course)
        record(course, team.writer(clinic), [{"kind": "restart", "at": day}])
        Message.objects.filter(pk=over.pk).update(state=State.WAITING)
        sending.send()
        assert not box.held


def _ended(clinic: Clinic) -> Course:
    """A man who was reminded, and whose course has ended."""
    course = reminded(clinic, woman=False)
    with clock.standing_at(LATER):
        ended(course, clinic, LATER.date().isoformat())
    return course


def _over(course: Course) -> Message:
    """The first message that something is over."""
    cipher = Cipher(course.key)
    held = Message.objects.filter(course=course, state=State.WAITING).order_by("due")
    return next(each for each in held if cipher.opened(each.body)["which"] == "over")


def test_an_old_link_goes_on_ending_mail_to_its_address_and_no_other(sqlite: str) -> None:
    clinic = team.clinic()
    course = reminded(clinic)
    nurse = team.writer(clinic, "nurse")

    def agreed(to: str) -> str:
        contact.agree(course, nurse, to)
        return now().leave

    def now() -> contact.Contact:
        found = contact.contact_of(read(course))
        assert found is not None
        return found

    first = now().leave
    second = agreed("eve@example.org")
    contact.leave(first)
    assert now().to == "eve@example.org", "a stranger's link ends nothing of the patient's"
    third = agreed(TO.upper())
    contact.leave(second)
    assert now().leave == third
    contact.leave(first)
    assert contact.contact_of(read(course)) is None, "agreed anew, and the old link still ends it"
    assert not Door.objects.filter(shut_at=None).exists()
    agreed(TO)
    assert Door.objects.filter(shut_at=None, purpose=Purpose.LEAVE).count() == 1
    contact.leave(third)
    assert contact.contact_of(read(course)) is None
