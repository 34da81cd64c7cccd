"""Forecasts are kept as they were shown, and held against what was observed afterwards.

What was shown is kept when it is shown. At night past visits are replayed, each with what was known
at its end, and everything kept is held against the record as it stands now. A look is held against
the newest forecast that was old enough, once; where by the record treatment went on with another
dose than the one it was of, the forecast was of something else, and the look is left out and
counted.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.dispatch import receiver

from isocourse import __version__
from isocourse.clinic.forecasts.models import Kept
from isocourse.clinic.log import clock
from isocourse.clinic.log.chain import Broken
from isocourse.clinic.log.models import Course
from isocourse.clinic.log.reading import Erased, Held, read
from isocourse.clinic.log.recording import recorded
from isocourse.clinic.log.sealing import Cipher, Unreadable
from isocourse.clinic.people.models import Clinic
from isocourse.course import NoValue
from isocourse.course.forecasting import Forecast, basis, regimens, under
from isocourse.course.forecasting.judging import Coverage, Look, bands, coverage, judged
from isocourse.course.forecasting.seen import Seen, dose_on, seen
from isocourse.facts import local_day
from isocourse.models.regimen import DAYS_IN_A_WEEK
from isocourse.words.days import as_date

AS_NOW = "as_now"
_TWINS = 1_000


@receiver(recorded, dispatch_uid="forget forecasts")
def after_an_erasure(course: Course, **_: Any) -> None:
    """Where the key is gone, no forecast of the course stays."""
    if getattr(course, "key", None) is None:
        Kept.objects.filter(course=course).delete()


def remember(held: Held, made: Forecast, day: date, replayed: bool = False) -> bool:
    """Keep what a forecast says of going on as now; whether it says anything of it, and is new."""
    outlook = next((each for each in made.outlooks if each.regimen.key == AS_NOW), None)
    first = made.seen.first
    if outlook is None or first is None:
        return False
    said = {
        "first": first,
        "made_on": made.seen.asked - first,
        "dose": outlook.regimen.dose,
        "bands": bands(made, outlook),
        "release": __version__,
    }
    return _put(held, day, said, replayed)


def _put(held: Held, day: date, said: Mapping[str, Any], replayed: bool) -> bool:
    row = Kept(
        course=held.course,
        clinic_id=held.course.clinic_id,
        on=day,
        number=held.head.number,
        replayed=replayed,
        made_at=clock.now(),
        body=Cipher(held.course.key).closed(said),
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:  # shown before, of the same record on the same day
        return False
    return True


def look_back(at_most: int) -> tuple[int, int]:
    """Replay past visits, at most so many, and judge everything that is kept; how many of each."""
    replayed = judged_now = 0
    for course in Course.objects.filter(key__isnull=False).select_related("clinic", "key"):
        try:
            held = read(course)
            replayed += _replay(held, at_most - replayed)
            judged_now += _judge(held)
        except (Broken, Erased, Unreadable, NoValue, ValueError):
            continue
    return replayed, judged_now


def _replay(held: Held, at_most: int) -> int:
    """Forecasts of past visits that have none yet, each with what was known at its end."""
    there = set(Kept.objects.filter(course=held.course).values_list("on", flat=True))
    done = 0
    for day in _visits(held):
        if done >= at_most:
            break
        if day not in there:
            _replayed(held, day)
            done += 1
    return done


def _visits(held: Held) -> Iterator[date]:
    """The days of visits, some days ago, that were not taken back."""
    today = clock.now().astimezone(held.zone).date()
    gone = {each["event"] for each in held.events if each["kind"] == "retract"}
    days = {
        date.fromisoformat(each["at"][:10])
        for each in held.events
        if each["kind"] == "visit" and each["id"] not in gone
    }
    return iter(sorted(day for day in days if day < today))


def _replayed(held: Held, day: date) -> None:
    """One of them; that there is nothing to forecast is kept too, so that nobody asks again."""
    known = datetime.combine(day + timedelta(days=1), time(), held.zone)
    rules = held.course.clinic.rules
    try:
        of = basis(held.as_read, day, known_at=known, settings=rules, people=_TWINS)
        made = under(of, [each for each in regimens(of.seen) if each.key == AS_NOW])
        kept = remember(held, made, day, replayed=True)
    except (NoValue, ValueError):
        kept = False
    if not kept:
        _put(held, day, {"bands": {}}, replayed=True)


def _judge(held: Held) -> int:
    """Hold what is kept of a course against what was observed; how many looks there were."""
    rows = list(Kept.objects.filter(course=held.course).order_by("on", "number", "replayed"))
    if not rows:
        return 0
    cipher = Cipher(held.course.key)
    told = [(row, said) for row in rows if (said := cipher.opened(row.body)).get("bands")]
    record = seen(held.as_read, clock.now().astimezone(held.zone), None, held.course.clinic.rules)
    found: dict[int, list[dict[str, Any]]] = {row.pk: [] for row, _ in told}
    for pk, look in _looks(held, record, told):
        found[pk].append(look)
    for row, _ in told:
        row.looks = cipher.closed({"looks": found[row.pk]})
        row.save(update_fields=["looks"])
    return sum(map(len, found.values()))


def _looks(
    held: Held, record: Seen, told: list[tuple[Kept, dict[str, Any]]]
) -> Iterator[tuple[int, dict[str, Any]]]:
    """Each look with the newest forecast that was old enough for it."""
    doses = Doses(held)
    for each in record.observed:
        for row, said in reversed(told):
            if said["first"] != record.first:
                continue
            look = judged(said["bands"], each, said["made_on"])
            if look is not None:
                until = row.on + timedelta(days=look.days_ahead)
                yield row.pk, {**asdict(look), "changed": doses.differ(said["dose"], row.on, until)}
                break


class Doses:
    """The dose with which treatment went on, as the record stands now."""

    def __init__(self, held: Held) -> None:
        self.held = held
        days = {local_day(each.at, held.zone) for each in held.as_read.events}
        self.days = sorted(map(as_date, days))
        self.known: dict[date, int | None] = {}

    def on(self, day: date) -> int | None:
        """That of a day, µg; None where treatment did not go on."""
        if day not in self.known:
            self.known[day] = dose_on(self.held.as_read, day, self.held.course.clinic.rules)
        return self.known[day]

    def differ(self, dose: int, since: date, before: date) -> bool:
        """Whether treatment went on with another dose from one day up to the eve of another.

        Asked on the days on which something was recorded, once a week, for one supply may follow
        another without an entry, and on the eve.
        """
        span = (before - since).days
        asked = {since + timedelta(days=each) for each in range(0, span, DAYS_IN_A_WEEK)}
        asked |= {each for each in self.days if since <= each < before}
        asked.add(before - timedelta(days=1))
        return any(self.on(each) != dose for each in sorted(asked))


def how_good(clinic: Clinic) -> tuple[list[Coverage], int]:
    """The coverage of a clinic's forecasts, and how many looks were left out for another dose."""
    by_course: dict[int, list[Look]] = {}
    left_out = 0
    held = Kept.objects.filter(clinic=clinic).exclude(looks="")
    for row in held.select_related("course__key"):
        for said in Cipher(row.course.key).opened(row.looks)["looks"]:
            if said.pop("changed"):
                left_out += 1
            else:
                by_course.setdefault(row.course_id, []).append(Look(**said))
    return coverage(by_course.values()), left_out
