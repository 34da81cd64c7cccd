"""The capsules of a prescription are those of its days, one by one, and never more than it says."""

from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from isocourse.clinic.prescribing.regimens import (
    ALTERNATE,
    DAILY,
    IN_TURN,
    KEPT,
    SOME_DAYS,
    TAPER,
    Regimen,
    Wanted,
    lines,
    regimen,
)
from isocourse.course.dosing import nearest

US = (10_000, 20_000, 25_000, 30_000, 35_000, 40_000)
UK = (5_000, 10_000, 20_000, 40_000)
strengths = st.sampled_from((US, UK, (8_000, 16_000), (20_000,)))
doses = st.integers(5, 120).map(lambda mg: mg * 1000)
days = st.integers(2, 90)


def day_by_day(made: Regimen, of: int) -> list[int]:
    """The dose of each day, as somebody with the paper in hand would take it, µg."""
    if made.way == TAPER:
        return [p.made.total for p in made.phases for _ in range(p.days)]
    if made.way == IN_TURN:
        low, high = (each.made.total for each in made.phases)
        return [high if day % 2 else low for day in range(of)]
    on, cycle = made.on or 1, made.cycle or 1
    return [made.daily if day % cycle < on else 0 for day in range(of)]


def handed(made: Regimen) -> Fraction:
    return sum((Fraction(str(e["mg"])) * e["quantity"] * 1000 for e in made.packs), Fraction(0))


def holds(made: Regimen, of: int) -> None:
    """The capsules are those of the days, and last no longer than the days at the dose said."""
    assert handed(made) == sum(day_by_day(made, of))
    on, cycle = made.on or 1, made.cycle or 1
    lasting = -(-handed(made) * cycle // (made.daily * on))
    assert lasting <= of + (cycle > 1) * cycle


@given(doses, days, st.booleans(), strengths)
def test_the_same_dose_every_day_or_every_other(
    dose: int, of: int, twice: bool, held: tuple[int, ...]
) -> None:
    dose = nearest(dose, held) or held[0]
    for way in (DAILY, ALTERNATE):
        made = regimen(Wanted(way, dose, of, twice), held)
        assert made is not None and made.daily == dose and made.kept == {}
        holds(made, of)


def test_a_dose_that_no_capsules_make_up_has_no_plan() -> None:
    assert regimen(Wanted(DAILY, 37_000, 30, False), US) is None


@given(doses, days, st.booleans(), strengths)
def test_two_doses_in_turn(dose: int, of: int, twice: bool, held: tuple[int, ...]) -> None:
    made = regimen(Wanted(IN_TURN, dose, of, twice), held)
    assert made is not None
    holds(made, of)
    if made.way == IN_TURN:
        low, high = (each.made.total for each in made.phases)
        assert low < high and 2 * made.daily == low + high
        assert lines({KEPT: made.kept[KEPT]})[0].startswith("In turn")


@given(doses, days, strengths)
def test_one_capsule_on_some_days(dose: int, of: int, held: tuple[int, ...]) -> None:
    made = regimen(Wanted(SOME_DAYS, dose, of, False), held)
    assert made is not None and made.daily in held and len(made.packs) == 1
    holds(made, of)


@given(doses, st.integers(1, 120), st.integers(2, 6), days, st.booleans(), strengths)
def test_stepping_down(
    first: int, last_mg: int, steps: int, of: int, twice: bool, held: tuple[int, ...]
) -> None:
    last = min(first, last_mg * 1000)
    assume(steps <= of)
    made = regimen(Wanted(TAPER, first, of, twice, last, steps), held)
    assert made is not None
    taken = day_by_day(made, of)
    assert len(taken) == of and taken == sorted(taken, reverse=True)
    assert made.highest == taken[0] and made.daily >= Fraction(sum(taken), of) > made.daily - 1
    holds(made, of)
    assert len(lines({KEPT: made.kept[KEPT]})) == len(made.phases)
