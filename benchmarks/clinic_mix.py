"""What people do in a month, and how often that is in a second; and the one who does it.

No published count of acts was found, so each is an assumption, written here and printed with the
result. The rate that is run is a multiple of what follows.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any

from django.utils import timezone
from tests.clinic.faults.hands import session_of

from isocourse.clinic.log.models import Course
from isocourse.clinic.log.reading import read
from isocourse.clinic.people.models import Clinic, User
from isocourse.clinic.supply.handing_over import newest
from isocourse.clinic.worklist.models import Standing

A_MONTH = {
    "worklist": 4,
    "search": 1,
    "course": 4,
    "visit form": 1,
    "visit recorded": 1,
    "mood recorded": 1,
    "prescribing page": 1,
    "hand-over page": 1,
    "handed over": 1,
}
"""Requests for one active course in a month."""
WRITES = ("visit recorded", "mood recorded", "handed over")
DAYS, HOURS, PEAK = 21, 8, 5
"""Working days of a month, hours of a day, and how much busier the busiest minutes are."""
_WHO = {"hand-over page": "pharmacist", "handed over": "pharmacist"}
_STATES = ("", "", "", "allowed", "closing", "alerts", "overdue", "blocked")
_WORDS = ("ada", "noah", "kaya", "2000-01-01", "0001-0")


def at_the_peak(courses: int) -> float:
    """Requests a second in the busiest minutes of a programme with so many active courses."""
    return courses * sum(A_MONTH.values()) / (DAYS * HOURS * 3600) * PEAK


@dataclass(frozen=True)
class Act:
    """One request: what it is, when it is due, and what is sent."""

    what: str
    due: float
    session: str
    address: str
    said: dict[str, str] | None = None
    mark: str = ""


class Mix:
    """Draws what people do, in the shares of a month, at random moments of a given mean rate."""

    def __init__(self, clinic: Clinic, seed: str) -> None:
        self.dice = Random(seed)  # noqa: S311  (no secret)
        self.codes = list(Course.objects.filter(clinic=clinic).values_list("code", flat=True))
        self.day = timezone.now().astimezone(clinic.zone).date().isoformat()
        self.sessions = {
            role: [session_of(each) for each in self._people(clinic, role)]
            for role in ("nurse", "prescriber", "pharmacist")
        }
        open_now = Standing.objects.filter(clinic=clinic, dispense="allowed")
        self.open = list(open_now.order_by("?").values_list("code", flat=True)[:4000])

    def _people(self, clinic: Clinic, role: str) -> list[User]:
        return list(User.objects.filter(memberships__clinic=clinic, memberships__role=role))

    def acts(self, rate: float, seconds: float) -> list[Act]:
        """Everything that is due in a span of time."""
        made, due = [], 0.0
        kinds, weights = list(A_MONTH), list(A_MONTH.values())
        while (due := due + self.dice.expovariate(rate)) < seconds:
            made.append(self._act(self.dice.choices(kinds, weights)[0], due))
        return made

    def _act(self, what: str, due: float) -> Act:
        role = _WHO.get(what) or ("prescriber" if what == "prescribing page" else "nurse")
        session, code = self.dice.choice(self.sessions[role]), self.dice.choice(self.codes)
        if what in ("worklist", "search"):
            return Act(what, due, session, self._list(what))
        if what in ("handed over", "hand-over page") and self.open:
            code = self.open.pop() if what == "handed over" else self.dice.choice(self.open)
        page = _PAGES[what]
        said = {"visit recorded": self._visit, "mood recorded": self._mood}.get(what)
        mark = secrets.token_urlsafe(12) if said else code
        if what == "handed over":
            return Act(what, due, session, f"/courses/{code}/{page}", _prescription(code), code)
        return Act(what, due, session, f"/courses/{code}/{page}", said and said(mark), mark)

    def _list(self, what: str) -> str:
        if what == "search":
            return f"/worklist/?q={self.dice.choice(_WORDS)}"
        return (
            f"/worklist/?state={self.dice.choice(_STATES)}&page={self.dice.choice((1, 1, 1, 2, 9))}"
        )

    def _form(self, mark: str, role: str = "specialist_nurse") -> dict[str, str]:
        return {"do": "save", "token": mark, "visit-day": self.day, "day-day": self.day}

    def _visit(self, mark: str) -> dict[str, str]:
        seen = {"visit-mode": "in_person", "visit-role": "specialist_nurse", "visit-note": mark}
        asked = {"symptoms-cheilitis": "1", "mind-concern": "none", "talks-done": "on"}
        return self._form(mark) | seen | asked

    def _mood(self, mark: str) -> dict[str, str]:
        points = {f"phq9-i{place}": "0" for place in range(1, 10)}
        return self._form(mark) | {"mind-concern": "none", "mind-sexual": "none"} | points


_PAGES = {
    "course": "",
    "visit form": "record/visit/",
    "visit recorded": "record/visit/",
    "mood recorded": "record/mood/",
    "prescribing page": "prescribe/",
    "hand-over page": "hand-over/",
    "handed over": "hand-over/",
}


def _prescription(code: str) -> dict[str, str]:
    held = read(Course.objects.select_related("clinic", "key").get(code=code))
    written = newest(held)
    return {"prescription": written.prescription_id if written else ""}


def told(now: datetime, courses: int) -> dict[str, Any]:
    """The arithmetic, in words and numbers."""
    return {
        "courses": courses,
        "requests a course and month": sum(A_MONTH.values()),
        "of them writes": sum(A_MONTH[each] for each in WRITES),
        "working seconds a month": DAYS * HOURS * 3600,
        "peak factor": PEAK,
        "requests a second at the peak": round(at_the_peak(courses), 1),
        "on": now.date().isoformat(),
    }
