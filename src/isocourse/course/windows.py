"""The windows in which capsules may be handed over, to the minute, with the event behind each."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from isocourse.course.answers import Window
from isocourse.course.edition import InForce
from isocourse.facts import Asked, Established
from isocourse.words.days import as_date

_LAST_MINUTE = time(23, 59)


def windows(rules: InForce, known: Established, asked: Asked) -> tuple[Window, ...]:
    """The window for a hand-over that is open or has closed, when something opened one."""
    return tuple(_of_the_test(rules, known, asked) or _of_the_prescription(rules, known, asked))


def _of_the_test(rules: InForce, known: Established, asked: Asked) -> list[Window]:
    """The window that a pregnancy test opens, by the registry's clock."""
    written = known.facts["prescription_open"]
    fact = "days_since_prescription_test" if written else "days_since_accepted_test"
    since = known.facts[fact]
    bound = known.facts["can_become_pregnant"] and rules.value("pregnancy.hand_over_window")
    if not bound or since is None or known.facts["accepted_test_used"]:
        return []
    first = as_date(asked.registry_day - since)
    days = rules.value("pregnancy.test_days")
    because = known.event_ids[fact]
    return [_window(first, days, asked.registry_zone, because)]


def _of_the_prescription(rules: InForce, known: Established, asked: Asked) -> Iterator[Window]:
    """The window that runs from the prescription, its visit, or the day that was certified."""
    facts = known.facts
    if not facts["prescription_open"]:
        return
    able = bool(facts["can_become_pregnant"])
    for value, fact, for_able in (
        ("supply.valid_days", "days_since_prescription", True),
        ("supply.certified_days", "days_since_certified", True),
        ("supply.valid_days_cannot", "days_since_prescription", False),
        ("supply.visit_window_days", "days_since_prescribing_visit", False),
    ):
        days, since = rules.value(value), facts[fact]
        if able is for_able and days is not None and since is not None:
            first = as_date(max(asked.day, asked.registry_day) - since)
            yield _window(first, days, asked.zone, known.event_ids[fact], asked.registry_zone)


def _window(
    first: date, days: int, zone: ZoneInfo, because: str, closing: ZoneInfo | None = None
) -> Window:
    """A window of whole days; of two clocks the one that closes first closes it."""
    last = first + timedelta(days=days - 1)
    opens = datetime.combine(first, time.min, zone)
    closes = min(datetime.combine(last, _LAST_MINUTE, each) for each in (zone, closing or zone))
    return Window("dispense", opens, closes, because)
