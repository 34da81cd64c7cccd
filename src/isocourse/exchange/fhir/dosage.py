"""A `Dosage` of FHIR as mg a day: how much, how often, on which days, for how long.

Whatever cannot be told stays unknown and says why. Where several readings are possible, the one
with more drug is taken: the upper end of a range, the shortest interval, the highest step.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from isocourse.exchange.fhir.amounts import days, milligrams, value
from isocourse.exchange.fhir.codes import system, table
from isocourse.exchange.fhir.looking import Json, codings, number, part, parts, text, texts, words
from isocourse.exchange.fhir.moments import day_of, moment

_HOURS, _WEEK = 24, 7


@dataclass(frozen=True, slots=True)
class Dosing:
    """mg on a day with a dose; of `cycle` days there is one on `days_on`. `why` says what lacks."""

    daily: Fraction | None = None
    times: Fraction | None = None
    days_on: int = 1
    cycle: int = 1
    days: Fraction | None = None
    why: str = ""
    read_high: tuple[str, ...] = ()  # where one of several readings was taken

    @property
    def known(self) -> bool:
        """Whether there is a daily dose."""
        return self.daily is not None


def dosing(instructions: Sequence[Json], strength: Fraction | None) -> Dosing:
    """What all the instructions of a prescription come to."""
    if not instructions:
        return Dosing(why="there is no dosage")
    each = [_one(instruction, strength) for instruction in instructions]
    lacking = next((one for one in each if not one.known), None)
    if lacking is not None:
        return lacking
    steps: dict[object, list[Dosing]] = {}
    for instruction, one in zip(instructions, each, strict=True):
        steps.setdefault(number(instruction, "sequence"), []).append(one)
    return _in_turn([_together(step) for step in steps.values()])


def _together(each: list[Dosing]) -> Dosing:
    """Instructions that hold at the same time add up."""
    if len(each) == 1:
        return each[0]
    if len({(one.days_on, one.cycle) for one in each}) > 1:
        return Dosing(why="doses of different rhythms hold at the same time")
    daily = sum((one.daily for one in each if one.daily), Fraction())
    times = sum((one.times or Fraction(1) for one in each), Fraction())
    said = tuple(why for one in each for why in one.read_high)
    longest = max((one.days for one in each if one.days), default=None)
    return replace(each[0], daily=daily, times=times, days=longest, read_high=said)


def _in_turn(steps: list[Dosing]) -> Dosing:
    """Of doses that follow one another a prescription keeps the highest."""
    lacking = next((one for one in steps if not one.known), None)
    if lacking is not None or len(steps) == 1:
        return lacking or steps[0]
    most = max(steps, key=lambda one: one.daily or 0)
    spans = [one.days for one in steps if one.days]
    whole = sum(spans, Fraction()) if len(spans) == len(steps) else None
    return replace(most, days=whole, read_high=(*most.read_high, "the highest of several steps"))


def _one(instruction: Json, strength: Fraction | None) -> Dosing:
    if instruction.get("asNeededBoolean") is True or part(instruction, "asNeededCodeableConcept"):
        return Dosing(why="taken as needed: that is no daily dose")
    timed = _timing(part(instruction, "timing"))
    amount, per_day, said = _amount(instruction, strength)
    if amount is None:
        return replace(timed, daily=None, why=said)
    if per_day:
        return replace(timed, daily=amount, why="", read_high=(*timed.read_high, *_list(said)))
    if timed.times is None:
        return replace(timed, why=timed.why or "how often it is taken is not said")
    high = (*timed.read_high, *_list(said))
    return replace(timed, daily=amount * timed.times, why="", read_high=high)


def _list(said: str) -> tuple[str, ...]:
    return (said,) if said else ()


Amount = tuple[Fraction | None, bool, str]
"""mg, whether they are a day's and not a dose's, and what is to be said of it."""


def _amount(instruction: Json, strength: Fraction | None) -> Amount:
    listed = parts(instruction, "doseAndRate")
    ordered = [each for each in listed if _is_ordered(each)] or listed
    found = [_rated(each, strength) for each in ordered]
    if not found:
        only_words = text(instruction, "text") or text(instruction, "patientInstruction")
        return None, False, "only words tell the dose" if only_words else "no dose is given"
    known = [each for each in found if each[0] is not None]
    if len(known) < len(found):
        return next(each for each in found if each[0] is None)
    if len({each[:2] for each in known}) > 1:
        return max(known, key=lambda e: e[0] or 0)[0], known[0][1], "the highest of several doses"
    return known[0]


def _is_ordered(each: Json) -> bool:
    return any(coding.code == "ordered" for coding in codings(part(each, "type")))


def _rated(each: Json, strength: Fraction | None) -> Amount:
    """One dose or rate."""
    if "doseRange" in each:
        return _milligrams(part(each, "doseRange", "high"), strength, "the upper end of a range")
    if "doseQuantity" in each:
        return _milligrams(part(each, "doseQuantity"), strength, "")
    if "rateRatio" in each:
        dose = milligrams(part(each, "rateRatio", "numerator"), strength)
        span = days(part(each, "rateRatio", "denominator"))
        return (dose / span, True, "") if dose is not None and span else (None, True, _NO_RATE)
    for key in ("rateQuantity", "rateRange"):
        if key in each:
            high = part(each, key) if key == "rateQuantity" else part(each, key, "high")
            return _rate(high, "" if key == "rateQuantity" else "the upper end of a range")
    return None, False, "no dose is given"


_NO_RATE = "the rate is in no unit of mg and time that is known"


def _rate(quantity: Json, said: str) -> Amount:
    unit = text(quantity, "code") or text(quantity, "unit") or ""
    of, _, per = unit.partition("/")
    dose = milligrams({"value": quantity.get("value"), "code": of}, None)
    span = days({"value": 1, "code": per})
    if dose is None or not span or value(quantity) is None:
        return None, True, _NO_RATE
    return dose / span, True, said


def _milligrams(quantity: Json, strength: Fraction | None, said: str) -> Amount:
    amount = milligrams(quantity, strength)
    if amount is not None and amount > 0:
        return amount, False, said
    if value(quantity) is None:
        return None, False, "the dose is no number"
    unit = text(quantity, "code") or text(quantity, "unit") or "no unit"
    return None, False, f"the dose is in {unit}, and no strength makes mg of it"


def _timing(timing: Json) -> Dosing:
    repeat = part(timing, "repeat")
    times = _times(repeat) or _abbreviated(timing)
    if times is None:
        why = "the times are single dates" if timing.get("event") else ""
        return _with_days(Dosing(why=why), repeat)
    return _with_days(times, repeat)


def _times(repeat: Json) -> Dosing | None:
    """How often, by `repeat`: a number of times in a period, or at named times of the day."""
    listed = len(texts(repeat, "timeOfDay")) or len(texts(repeat, "when"))
    weekdays = len(set(texts(repeat, "dayOfWeek")))
    often = number(repeat, "frequencyMax") or number(repeat, "frequency")
    if not (listed or weekdays or often or number(repeat, "period")):
        return None
    per = _period(repeat)
    if weekdays:
        return Dosing(times=Fraction(listed or often or 1), days_on=min(weekdays, _WEEK), cycle=7)
    if per is None:
        return Dosing(times=Fraction(listed)) if listed else None
    high = ("the most often of a range",) if "frequencyMax" in repeat else ()
    return replace(_in_period(Fraction(often or 1) * (listed or 1), per), read_high=high)


def _in_period(times: Fraction, per: Fraction) -> Dosing:
    """So many times in so many days: several a day, or one on some days of a cycle."""
    a_day = times / per
    if a_day >= 1 or per.denominator != 1:
        return Dosing(times=a_day)
    on = int(times) if times.denominator == 1 else 1
    return Dosing(times=Fraction(1), days_on=on, cycle=int(per))


def _period(repeat: Json) -> Fraction | None:
    """The period in days; without one, a day, if times of the day are named."""
    unit = text(repeat, "periodUnit")
    if unit is None:
        named = texts(repeat, "timeOfDay") or texts(repeat, "when")
        return Fraction(1) if named and "period" not in repeat else None
    length = number(repeat, "period")
    known = {"s": Fraction(1, 86400), "min": Fraction(1, 1440), "h": Fraction(1, _HOURS)}
    known |= {"d": Fraction(1), "wk": Fraction(_WEEK)}
    if unit not in known or length is None or length <= 0:
        return None
    return Fraction(length) * known[unit]


def _abbreviated(timing: Json) -> Dosing | None:
    concept = part(timing, "code")
    for coding in codings(concept):
        known = coding.system in ("", system("timing"))
        if known and (found := _by_letters(coding.code)):
            return found
    return _by_letters(words(concept))


def _by_letters(letters: str) -> Dosing | None:
    plain = letters.upper().replace(".", "").strip()
    if plain in table()["timing"]:
        return Dosing(times=Fraction(table()["timing"][plain]))
    if plain == "QOD":
        return Dosing(times=Fraction(1), days_on=1, cycle=2)
    hours = plain[1:-1]
    if plain.startswith("Q") and plain.endswith("H") and hours.isdecimal() and int(hours) > 0:
        return Dosing(times=Fraction(_HOURS, int(hours)))
    return None


def _with_days(found: Dosing, repeat: Json) -> Dosing:
    """For how many days: a duration, a period, or a number of times."""
    span = days(part(repeat, "boundsDuration")) or days(part(repeat, "boundsRange", "high"))
    period = part(repeat, "boundsPeriod")
    start, end = moment(period, "start"), moment(period, "end")
    if span is None and start and end:
        span = Fraction((day_of(end) - day_of(start)).days + 1)
    count = number(repeat, "countMax") or number(repeat, "count")
    if span is None and count and found.times:
        span = Fraction(count) / found.times * found.cycle / found.days_on
    return replace(found, days=span if span and span > 0 else None)
