"""What is not a record of treatment goes when its time is over, and not a day before."""

from datetime import timedelta

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.sessions.models import Session
from django.utils import timezone
from tests.clinic import team
from tests.clinic.browsing import signed_in

from isocourse.clinic.access.models import Opening
from isocourse.clinic.log import clock
from isocourse.clinic.log.models import Entry
from isocourse.clinic.people.invitations import Offer, invite
from isocourse.clinic.people.models import Kept, Notice
from isocourse.clinic.project.tidying import KEPT, tidy

LONGEST = max(KEPT.values())


def test_each_goes_after_its_time_and_the_log_stays(database: str) -> None:
    now = timezone.now()
    clinic = team.clinic()
    user = team.member(clinic, "nurse")
    course = team.opened(clinic)
    signed_in(user).get(f"/courses/{course.code}/")
    Notice.objects.create(user=user, at=now, said="told", shown=now)
    Notice.objects.create(user=user, at=now, said="not told yet")
    invite(Offer(clinic, "nurse", "other", "x@example.org"), None)
    Kept.objects.create(cache_key="a", value="b", expires=now + timedelta(minutes=5))
    said = {"username": "x", "ip_address": "127.0.0.1", "user_agent": "y"}
    AccessAttempt.objects.create(**said, failures_since_start=1)
    AccessFailureLog.objects.create(**said)
    AccessLog.objects.create(**said)
    before = (Entry.objects.count(), Opening.objects.count())
    assert set(tidy().values()) == {0}, "nothing is over yet"
    with clock.standing_at(now + LONGEST + timedelta(days=8)):
        gone = tidy()
    assert gone["sessions"] >= 1
    assert {name for name, number in gone.items() if number} == set(gone) - {"forms"}
    assert (Entry.objects.count(), Opening.objects.count()) == before and before[1] == 1
    assert [each.said for each in Notice.objects.all()] == ["not told yet"]
    assert not Session.objects.exists()
