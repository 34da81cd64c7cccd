"""What is not a record of treatment goes when its time is over; the times are in retention.toml."""

import tomllib
from collections.abc import Iterator
from datetime import timedelta
from importlib.resources import files

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.sessions.models import Session
from django.db.models import QuerySet

from isocourse.clinic.log import clock
from isocourse.clinic.people.models import Invitation, Kept, Notice
from isocourse.clinic.visits.drafts import sweep

_TABLE = tomllib.loads(
    files("isocourse.clinic.project").joinpath("retention.toml").read_text("utf-8")
)
KEPT = {name: timedelta(days=row["keep"]) for name, row in _TABLE["days"].items()}


def over() -> Iterator[tuple[str, "QuerySet[Session]"]]:
    """What has waited long enough, by name."""
    now = clock.now()
    failed, signed_in = now - KEPT["failed_sign_ins"], now - KEPT["sign_ins"]
    yield "sessions", Session.objects.filter(expire_date__lt=now)
    yield "kept", Kept.objects.filter(expires__lt=now)  # type: ignore[misc]
    yield "attempts", AccessAttempt.objects.filter(attempt_time__lt=failed)
    yield "failures", AccessFailureLog.objects.filter(attempt_time__lt=failed)
    yield "sign-ins", AccessLog.objects.filter(attempt_time__lt=signed_in)
    yield "notices", Notice.objects.filter(shown__lt=now - KEPT["notices"])  # type: ignore[misc]
    yield "invitations", Invitation.objects.filter(until__lt=now - KEPT["invitations"])  # type: ignore[misc]


def tidy() -> dict[str, int]:
    """Let it go; how many there were of each."""
    return {name: held.delete()[0] for name, held in over()} | {"forms": sweep()}
