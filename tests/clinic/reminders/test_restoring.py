"""After a restore: what may have left since the backup is told as such, and not sent again."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.clinic import team
from tests.clinic.browsing import signed_in
from tests.clinic.conftest import fresh, point_to
from tests.clinic.project.test_commands import say
from tests.clinic.reminders.scene import NOW, due_now, moment_of, post_office, reminded

from isocourse.clinic.log import clock
from isocourse.clinic.log.models import Course
from isocourse.clinic.log.reading import read
from isocourse.clinic.people.models import Clinic, User
from isocourse.clinic.reminders import contact, digests, sending
from isocourse.clinic.reminders.models import Message, Planned, State
from isocourse.clinic.worklist.keeping import refresh

DAY = timedelta(days=1)
LOST = 3 * DAY


class Saved:
    """A clinic that was backed up, lived on for some days, and lost what it had since."""

    def __init__(self, vendor: str, templates: Path, folder: Path) -> None:
        self.where, self.file = (vendor, templates, folder), folder / "backup.zip"

    def backed_up(self) -> None:
        """Everything is written into a file."""
        assert say("backup", str(self.file))[0] == 0

    def put_back(self) -> str:
        """All is lost; what was written into the file is put into a new database."""
        point_to(fresh(*self.where))
        status, told = say("restore", str(self.file))
        assert status == 0, told
        return told


@pytest.fixture
def saved(sqlite: str, templates: Path, tmp_path: Path) -> Saved:
    return Saved("sqlite", templates, tmp_path)


@pytest.fixture
def saved_on_either(database: str, vendor: str, templates: Path, tmp_path: Path) -> Saved:
    return Saved(vendor, templates, tmp_path)


def lived_on(since: Any, days: int) -> None:
    """Nights and passes, as the timers make them."""
    for day in range(days + 1):
        with clock.standing_at(since + day * DAY):
            refresh()
            sending.send()


def twice(names: list[str]) -> list[str]:
    """Mails that came twice."""
    return sorted({each for each in names if names.count(each) > 1})


def test_what_the_backup_held_and_may_have_left_is_not_sent_again(saved_on_either: Saved) -> None:
    """One that was due then is uncertain; one that was not yet due waits on."""
    saved = saved_on_either
    message = due_now(reminded(team.clinic()))
    for before, state in ((timedelta(hours=1), State.WAITING), (-DAY / 24, State.UNCERTAIN)):
        saved.file.unlink(missing_ok=True)
        with clock.standing_at(NOW + timedelta(hours=1)):
            saved.backed_up()
        with clock.standing_at(message.due - before):
            saved.put_back()
        assert Message.objects.get(key=message.key).state == state


def test_nothing_that_was_made_and_sent_since_the_backup_goes_twice(
    saved: Saved, settings: Any
) -> None:
    """Given mail that is made and sent by the nights after a backup; when the backup is put back,
    the nights go on, and what was lost is written down again; then none of it comes twice."""
    clinic = team.clinic()
    nurse = team.member(clinic, "nurse", "nora")
    User.objects.filter(pk=nurse.pk).update(email="nora@example.org")
    digests.wish(User.objects.get(pk=nurse.pk), clinic, True)
    course = team.ready_to_hand_over(clinic)[0]
    with post_office(settings) as box:
        with clock.standing_at(NOW):
            contact.agree(course, team.writer(clinic, "nurse"), "ada@example.org")
            saved.backed_up()
        lived_on(NOW + timedelta(minutes=1), 3)
        first = list(box.names())
        assert len({each["To"] for each in box.held}) == 2
        with clock.standing_at(NOW + LOST + timedelta(hours=1)):
            saved.put_back()
            assert Message.objects.filter(state=State.UNCERTAIN).exists()
        lived_on(NOW + LOST + timedelta(hours=2), 2)
    assert not twice(box.names()) and len(box.held) > len(first)
    lost = Message.objects.filter(key__in=[each.partition("@")[0] for each in first])
    assert not lost.exclude(state=State.UNCERTAIN).exists()


def test_at_night_too(saved: Saved, settings: Any) -> None:
    """Given mail that left in the morning; when the backup is put back in the evening; then what is
    made anew for the next morning is known as the same."""
    clinic = team.clinic()
    with post_office(settings) as box:
        course = reminded(clinic)
        message = due_now(course)
        Message.objects.all().delete()
        Planned.objects.all().delete()
        with clock.standing_at(NOW):
            saved.backed_up()
            refresh()
        morning = moment_of(message)
        lived_on(morning, 0)
        assert len(box.held) >= 1
        night = morning + timedelta(hours=14)
        with clock.standing_at(night):
            saved.put_back()
        lived_on(night + timedelta(hours=12), 0)
        assert not twice(box.names())
    unsure = Message.objects.get(key__startswith=box.names()[0][1:41])
    assert (unsure.state, unsure.trouble) == (State.UNCERTAIN, "restored")


def test_the_team_is_told_and_decides(saved: Saved, settings: Any) -> None:
    clinic = team.clinic()
    team.member(clinic, "nurse", "nora")
    message = due_now(reminded(clinic))
    with clock.standing_at(NOW + timedelta(hours=1)):
        saved.backed_up()
    with post_office(settings) as box, clock.standing_at(moment_of(message)):
        saved.put_back()
        browser = signed_in(User.objects.get(username="nora"))
        told = browser.get("/worklist/").content.decode()
        assert "perhaps not sent" in told
        message = Message.objects.get(key=message.key)
        browser.post(f"/mail/{message.pk}/", {"do": "again"})
        sending.send()
        assert len(box.held) == 1


def test_what_is_new_after_a_restore_is_sent(saved: Saved, settings: Any) -> None:
    """Given a restore; when a course begins afterwards; then its reminders are nobody's doubt."""
    team.clinic()
    with clock.standing_at(NOW - 9 * DAY):
        saved.backed_up()
    with clock.standing_at(NOW - 8 * DAY):
        saved.put_back()
    course = reminded(Clinic.objects.get())
    assert Course.objects.get() == course
    held = Message.objects.filter(course=course)
    assert held.exists() and set(held.values_list("state", flat=True)) == {State.WAITING}


def test_mail_that_was_ended_since_the_backup_stays_ended(saved_on_either: Saved) -> None:
    """Given one patient who ends their mail after a backup and wants it again, and one who did both
    before it; when the backup is put back; then the first gets none and the second does."""
    clinic, saved = team.clinic(), saved_on_either
    lost, kept = reminded(clinic), reminded(clinic, "eva@example.org")
    nurse = team.writer(clinic, "nurse")
    with clock.standing_at(NOW + timedelta(hours=1)):
        contact.end(kept, nurse, contact.BY_TEAM)
        contact.agree(kept, nurse, "eva@example.org")
    with clock.standing_at(NOW + timedelta(hours=2)):
        saved.backed_up()
    with clock.standing_at(NOW + timedelta(hours=3)):
        held = contact.contact_of(read(lost))
        assert held is not None
        contact.leave(held.leave)
        contact.agree(lost, nurse, "ada@example.org")
    with clock.standing_at(NOW + timedelta(hours=4)):
        assert "mail to 1 ended again" in saved.put_back()
    wanted = {
        each.code: contact.contact_of(read(each)) is not None for each in Course.objects.all()
    }
    assert wanted == {lost.code: False, kept.code: True}
