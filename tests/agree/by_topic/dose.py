"""What was prescribed, handed over and taken: one calendar day after another, by hand.

Every day before the day asked is gone through by itself. For each, the log is read again: which
record of doses taken speaks of it, and if none does, which supply was in use.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from tests.agree.by_topic.hand_overs import is_new_start
from tests.agree.by_topic.story import Entry, Fact, Story
from tests.agree.by_topic.supply import is_open, newest_prescription

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class OneDay:
    """A day: what was taken on it in µg (None when that cannot be told), and the weight in g."""

    day: date
    dose: int | None
    mean: int | None
    weight: int | None


def facts(story: Story) -> Fact:
    """The facts of this topic."""
    days = list(_days(story))
    past, now = days[:-1], days[-1]
    first = next((each for each in days if each.dose != 0), None)
    weights = _sound_weights(story)
    newest = newest_prescription(story)
    said = newest.event if newest else None
    start = weights[-1][1] if weights else None
    start = first.weight if first else start
    return {
        "lidose": int(said is not None and said.formulation == "lidose"),
        "intermittent": int(said is not None and (said.days_on or 1) < (said.cycle_days or 1)),
        "total_prescribed": _prescribed(story),
        "total_dispensed": _dispensed(story),
        "total_taken": _total(past),
        "taken_by_day_weights": None if start is None else _per_kg(past),
        "start_weight": start,
        "sound_weight": weights[-1][1] if weights else None,
        "dose_today": now.dose,
        "mean_dose": now.mean,
        "total_missed": sum(
            e.event.count or 0 for e in story.of("patient_report") if e.event.what == "missed_doses"
        ),
    }


def _total(days: Sequence[OneDay]) -> int | None:
    doses = [each.dose for each in days]
    return None if None in doses else sum(dose for dose in doses if dose)


def _per_kg(days: Sequence[OneDay]) -> int | None:
    """In ng/kg, each day rounded to a thousandth of one."""
    total = 0
    for each in days:
        if each.dose is None or (each.dose and each.weight is None):
            return None
        if each.dose and each.weight:
            exact = Fraction(each.dose * 10**9, each.weight)
            total += int(exact + Fraction(1, 2))
    return int(Fraction(total, 1000) + Fraction(1, 2))


def standing(story: Story) -> list[Entry]:
    """Every hand-over of the course that no return undid; a new start leaves nothing to undo."""
    held: list[Entry] = []
    settled: list[Entry] = []
    for entry in story.entries:
        if is_new_start(story, entry):
            settled, held = [*settled, *held], []
        elif entry.kind == "dispense" and not entry.in_error:
            held.append(entry)
        elif entry.kind == "return_to_stock":
            same = [e for e in held if e.event.prescription_id == entry.event.prescription_id]
            if same:
                held.remove(same[-1])
    return [*settled, *held]


def _prescription_of(story: Story, name: str) -> Entry | None:
    named = [e for e in story.of("prescription") if e.event.prescription_id == name]
    return named[-1] if named else None


def _has_dose(prescription: Entry, number: int) -> bool:
    """Whether there is a dose on a day of a supply, the first being number 0."""
    event = prescription.event
    return number % (event.cycle_days or 1) < (event.days_on or 1)


def _amount(prescription: Entry, days: int) -> int:
    dose: int = prescription.event.daily_micrograms
    return sum(dose for number in range(days) if _has_dose(prescription, number))


def _prescribed(story: Story) -> int:
    newest = newest_prescription(story)
    total = 0
    for name in {e.event.prescription_id for e in story.of("prescription")}:
        written = _prescription_of(story, name)
        assert written is not None
        times = sum(e.event.prescription_id == name for e in standing(story))
        if written is newest and is_open(story, newest):
            times = max(times, 1 + newest.event.refills)
        total += times * _amount(written, written.event.days)
    return total


def _dispensed(story: Story) -> int | None:
    total = 0
    for entry in standing(story):
        written = _prescription_of(story, entry.event.prescription_id)
        if entry.event.quantity_micrograms is not None:
            total += entry.event.quantity_micrograms
        elif written is None:
            return None
        else:
            total += _amount(written, entry.event.days)
    return total


def _sound_weights(story: Story) -> list[tuple[date, int]]:
    """The weights that are not in doubt, with their days."""
    up, down = story.value("dose.weight_slip_up"), story.value("dose.weight_slip_down")
    held: list[tuple[date, int]] = []
    for entry in story.of("weight"):
        grams = entry.event.grams
        if not held or down < grams * 1000 // held[-1][1] < up:
            held.append((entry.day, grams))
    return held


def _days(story: Story) -> Iterator[OneDay]:
    """Every day from the first event to the day asked, that one included."""
    weights, supplies = _sound_weights(story), standing(story)
    used = {each.place: 0 for each in supplies}
    day = min((each.day for each in story.entries), default=story.asked)
    while day <= story.asked:
        so_far = [each for each in story.entries if each.day <= day]
        ready = [e for e in supplies if e.day <= day and used[e.place] < e.event.days]
        supply = ready[0] if ready and not _stopped(so_far) else None
        dose, mean = _of_supply(story, supply, used)
        record = _record(so_far, day)
        if record is not None:
            dose = mean = record.event.daily_micrograms
        weight = next((grams for since, grams in reversed(weights) if since <= day), None)
        yield OneDay(day, dose, mean, weight)
        if supply is not None:
            used[supply.place] += 1
        day += _DAY


def _of_supply(
    story: Story, supply: Entry | None, used: dict[int, int]
) -> tuple[int | None, int | None]:
    """The dose of a day by the supply in use, and the mean over its cycle."""
    if supply is None:
        return 0, 0
    written = _prescription_of(story, supply.event.prescription_id)
    if written is None:
        return None, None
    dose: int = written.event.daily_micrograms
    on, of = written.event.days_on or 1, written.event.cycle_days or 1
    return dose if _has_dose(written, used[supply.place]) else 0, dose * on // of


def _stopped(so_far: Sequence[Entry]) -> bool:
    """Whether a stop is newer than any restart."""
    turns = [each for each in so_far if each.kind in ("stop", "restart")]
    return bool(turns) and turns[-1].kind == "stop"


def _record(so_far: Sequence[Entry], day: date) -> Entry | None:
    """The newest record of doses taken that speaks of a day."""
    for entry in reversed(so_far):
        if entry.kind == "taken" and _speaks_of(so_far, entry, day):
            return entry
    return None


def _speaks_of(so_far: Sequence[Entry], entry: Entry, day: date) -> bool:
    """With a last day, until that day; without one, until the next record or the next stop."""
    if entry.event.until is not None:
        return bool(day <= entry.event.until)
    later = [e for e in so_far if e.place > entry.place]
    ended = any(e.kind in ("taken", "stop") for e in later)
    stopped_that_day = _stopped([e for e in so_far if e.place < entry.place]) and (
        [e for e in so_far if e.kind == "stop" and e.place < entry.place][-1].day == entry.day
    )
    return not ended and not stopped_that_day
