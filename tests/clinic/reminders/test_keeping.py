"""Reminders hang on the days of the course: moved, withdrawn and made with what moved them."""

from datetime import UTC, datetime, timedelta
from threading import Thread
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connections
from hypothesis import given
from hypothesis import strategies as st
from tests.clinic import team
from tests.clinic.reminders.scene import NOW, due_now, post_office, reminded, treated

from isocourse.clinic.log import clock
from isocourse.clinic.log.erasing import erase
from isocourse.clinic.log.models import Course, Entry
from isocourse.clinic.log.reading import read
from isocourse.clinic.log.recording import record, writing
from isocourse.clinic.log.sealing import Cipher
from isocourse.clinic.reminders import contact, keeping, planning, sending
from isocourse.clinic.reminders.deadlines import Day, deadlines, notices
from isocourse.clinic.reminders.models import Deadline, Door, Message, State
from isocourse.clinic.reminders.timing import not_at_night, times
from isocourse.clinic.supply.handing_over import give
from isocourse.clinic.worklist.keeping import refresh
from isocourse.clinic.worklist.standing import assessed, stand
from isocourse.course.planning import plan
from isocourse.rules import rules


def said(course: Course) -> list[dict[str, Any]]:
    cipher = Cipher(course.key)
    return [cipher.opened(each.body) for each in waiting(course)]


def waiting(course: Course) -> list[Message]:
    return list(Message.objects.filter(course=course, state=State.WAITING).order_by("due", "pk"))


def test_every_task_that_is_named_is_a_task_of_the_rules() -> None:
    known = {each.names for each in rules().values()}
    assert times().kinds.keys() <= known


def test_nobody_is_reminded_who_did_not_agree(database: str) -> None:
    course = treated(team.clinic())
    assert not Message.objects.exists() and not Deadline.objects.exists()
    with clock.standing_at(NOW):
        contact.agree(course, team.writer(course.clinic), "ada@example.org")
    assert Message.objects.exists()


def test_the_last_day_of_a_window_is_reminded_of_before_and_on_it(database: str) -> None:
    course = reminded(team.clinic())
    held = read(course)
    with clock.standing_at(NOW):
        found = assessed(held)
    closes = min(each.closes for each in found.windows if each.closes > NOW)
    zone = held.zone
    mine = [each for each in said(course) if each["last"] == f"{closes.astimezone(zone):%Y-%m-%d}"]
    assert [each["which"] for each in mine] == ["last", "last"]
    days = [each.due.astimezone(zone).date() for each in waiting(course)]
    last = closes.astimezone(zone).date()
    assert {last, last - timedelta(days=2)} <= set(days)


def test_what_was_done_is_no_longer_reminded_of(database: str) -> None:
    clinic = team.clinic()
    course, supply = team.ready_to_hand_over(clinic)
    with clock.standing_at(NOW):
        contact.agree(course, team.writer(clinic, "nurse"), "ada@example.org")
        before = {each.deadline for each in waiting(course)}
    pharmacist = team.writer(clinic, "pharmacist")
    with clock.standing_at(NOW + timedelta(minutes=5)), writing(course, pharmacist) as pen:
        give(pen, supply)
    gone = Message.objects.filter(course=course, state=State.WITHDRAWN)
    assert gone.exists() and {each.deadline for each in gone} <= before
    cancelled = Deadline.objects.filter(course=course, cancelled=True)
    moved = Deadline.objects.filter(course=course, cancelled=False, sequence__gt=0)
    assert cancelled.exists() or moved.exists()


def test_the_next_test_and_visit_are_reminded_of_by_the_plan(database: str) -> None:
    """Given capsules in hand; when nothing is due yet; then the plan says what comes next."""
    clinic = team.clinic()
    course, supply = team.ready_to_hand_over(clinic)
    with clock.standing_at(NOW + timedelta(minutes=5)):
        contact.agree(course, team.writer(clinic, "nurse"), "ada@example.org")
        with writing(course, team.writer(clinic, "pharmacist")) as pen:
            give(pen, supply)
        before = len(waiting(course))
        assert planning.plan_again(9) == 1 and planning.plan_again(9) == 0
    held = read(course)
    made = plan(held.as_read, NOW + timedelta(minutes=5)).hand_overs[0]
    assert made.test is not None and made.visit is not None
    told = said(course)
    assert {"which": "opens", "last": made.test.last.isoformat()} in told
    assert {"which": "last", "last": made.visit.last.isoformat()} in told
    assert len(told) >= before + 3
    with clock.standing_at(NOW + timedelta(days=1)):
        record(course, team.writer(clinic), [{"kind": "stop", "at": "2026-11-26"} | STOP])
        assert {"which": "opens", "last": made.test.last.isoformat()} not in said(course)
        assert planning.plan_again(9) == 1
    lasts = {made.test.last.isoformat(), made.visit.last.isoformat()}
    assert lasts.isdisjoint(each["last"] for each in said(course))


STOP = {"reason": "completed"}


def test_a_moved_day_replaces_what_has_not_left_and_not_what_has(database: str) -> None:
    """Given a reminder of a day; when the day moves; then one of the new day takes its place."""
    course = reminded(team.clinic())
    with clock.standing_at(NOW):
        held = read(course)
        found = assessed(held)
        keeping.keep(held, found)
        was = {each.key for each in waiting(course)}
        sent = waiting(course)[0]
        Message.objects.filter(pk=sent.pk).update(state=State.SENT)
        later = [
            each if each.closes is None else _moved(each, timedelta(days=1)) for each in found.due
        ]
        keeping.keep(held, _with(found, due=tuple(later)))
    now = {each.key for each in waiting(course)}
    assert now and now != was
    assert Message.objects.get(pk=sent.pk).state == State.SENT
    assert Deadline.objects.filter(course=course, sequence=1).exists()
    assert set(Message.objects.filter(key__in=was - now).values_list("state", flat=True)) <= {
        State.WITHDRAWN,
        State.SENT,
    }
    with clock.standing_at(NOW):
        keeping.keep(held, found)  # and back
    assert {each.key for each in waiting(course)} == was - {sent.key}
    assert Deadline.objects.filter(course=course, sequence=2).exists()


def _moved(task: Any, by: timedelta) -> Any:
    return _with(task, closes=task.closes + by)


def _with(held: Any, **change: Any) -> Any:
    from dataclasses import replace

    return replace(held, **change)


def test_keeping_twice_changes_nothing(database: str) -> None:
    course = reminded(team.clinic())

    def rows() -> list[Any]:
        return [*Deadline.objects.order_by("pk").values(), *Message.objects.order_by("pk").values()]

    before = rows()
    with clock.standing_at(NOW):
        for _ in range(2):
            stand(course)
    assert rows() == before and before


def test_who_read_an_older_log_changes_nothing(database: str) -> None:
    """Given somebody who read the log; when another wrote since; then the later one's rows stay."""
    course = reminded(team.clinic())
    with clock.standing_at(NOW):
        old = read(course)
        found = assessed(old)
        record(course, team.writer(course.clinic), [team.WEIGHT])
        before = list(Message.objects.order_by("pk").values())
        keeping.keep(old, _with(found, due=()))
    assert list(Message.objects.order_by("pk").values()) == before


def test_who_records_and_who_brings_up_to_date_wait_for_each_other(database: str) -> None:
    """Given somebody who records; when the list is refreshed meanwhile; then neither is refused."""
    course = reminded(team.clinic())
    failed: list[BaseException] = []

    def refreshed() -> None:
        try:
            stand(Course.objects.select_related("clinic", "key").get(pk=course.pk))
        except BaseException as error:
            failed.append(error)
        finally:
            connections.close_all()

    beside = Thread(target=refreshed)
    with writing(course, _anyone(course)) as pen:
        beside.start()
        beside.join(0.5)  # it comes as far as it can
        contact._end(pen, contact.BY_TEAM)
    beside.join(30)
    assert not failed and not beside.is_alive()
    assert contact.contact_of(read(course)) is None


def test_nothing_is_written_when_the_entry_is_refused(database: str) -> None:
    course = reminded(team.clinic())
    before = list(Message.objects.order_by("pk").values())
    entries = Entry.objects.count()
    with clock.standing_at(NOW), pytest.raises(RuntimeError), writing(course, _anyone(course)) as p:
        contact._end(p, contact.BY_TEAM)
        raise RuntimeError
    assert list(Message.objects.order_by("pk").values()) == before
    assert Entry.objects.count() == entries


def _anyone(course: Course) -> Any:
    return team.writer(course.clinic)


def test_a_new_day_makes_what_is_due_anew(database: str, settings: Any) -> None:
    course = reminded(team.clinic())
    with clock.standing_at(NOW + timedelta(days=9)):
        assert refresh() == 1
        over = Message.objects.filter(course=course, state=State.WAITING, until__lt=clock.now())
        many = over.count()
        assert many, "what was not sent is not withdrawn in silence"
        settings.MAIL_IS_SET = True
        sending.send()
    assert Message.objects.filter(course=course, state=State.LATE).count() == many


def test_after_an_erasure_nothing_of_it_is_left(database: str) -> None:
    course = reminded(team.clinic())
    erase(course, team.writer(course.clinic), "asked for")
    assert not any(model._default_manager.exists() for model in (Message, Deadline, Door))


def test_nothing_of_a_course_stands_in_the_open(database: str) -> None:
    reminded(team.clinic())
    rows = [*Message.objects.values(), *Deadline.objects.values(), *Door.objects.values()]
    text = str(rows)
    for word in ("ada@", "pregnancy", "hand_over", "window", "2026-12", "test"):
        assert word not in text.replace("datetime.datetime(2026, 12", ""), word


ZONES = ("America/New_York", "Asia/Kolkata", "Europe/London", "Pacific/Honolulu")


@given(
    st.datetimes(datetime(2025, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC)),
    st.sampled_from(ZONES),
)
def test_it_is_never_night_where_the_patient_is(moment: datetime, name: str) -> None:
    zone = ZoneInfo(name)
    then = not_at_night(moment, zone)
    local = then.astimezone(zone)
    hours = times().hours
    assert hours.begin <= local.time() < hours.end
    assert then >= moment and then - moment < timedelta(hours=13)
    assert not_at_night(then, zone) == then


days = st.dates(datetime(2026, 1, 1).date(), datetime(2027, 1, 1).date())


@given(
    days,
    st.one_of(st.none(), st.integers(0, 40)),
    st.sampled_from(sorted(times().kinds)),
    st.booleans(),
)
def test_no_reminder_of_a_last_day_comes_after_it(
    last: Any, span: int | None, task: str, at_once: bool
) -> None:
    opens = None if span is None else last - timedelta(days=span)
    told = notices(Day("rule", task, opens, last, at_once))
    assert told and len({each.on for each in told}) == len(told)
    for each in told:
        assert each.on <= each.useful and each.last == last
        assert each.which in ("now", "over") or each.on <= last
        assert opens is None or each.on >= opens


def test_in_a_pregnancy_no_mail_is_sent(database: str) -> None:
    held = read(reminded(team.clinic()))
    with clock.standing_at(NOW):
        found = assessed(held)
    today = NOW.date()
    assert deadlines(found, held.zone, today)
    assert deadlines(_with(found, stage="pregnant"), held.zone, today) == {}


def test_mail_waits_for_the_morning(database: str, settings: Any) -> None:
    course = reminded(team.clinic())
    message = due_now(course)
    Message.objects.update(until=message.due + timedelta(days=3))
    night = message.due.replace(hour=6) + timedelta(days=1)  # 01:00 in New York
    with post_office(settings) as box, clock.standing_at(night):
        sending.send()
        assert not box.held
    message.refresh_from_db()
    assert message.state == State.WAITING and message.due > night and message.attempts == 0
    with post_office(settings) as box, clock.standing_at(message.due):
        sending.send()
        assert len(box.held) == 1
