"""The clinic that the load benchmark fills is a clinic: its logs hold and its rows are true."""

from benchmarks import clinic_run
from benchmarks.clinic_filling import fill
from benchmarks.clinic_mix import A_MONTH, WRITES, Mix, at_the_peak
from tests.clinic.team import NOW

from isocourse.clinic.log import clock
from isocourse.clinic.log.models import Course
from isocourse.clinic.log.reading import read
from isocourse.clinic.log.verifying import verify
from isocourse.clinic.worklist.models import Standing
from isocourse.clinic.worklist.standing import stand

COURSES = 12


def test_what_is_filled_in_holds_and_can_be_worked_with(sqlite: str) -> None:
    with clock.standing_at(NOW):
        clinic = fill(COURSES, NOW)
        assert Course.objects.filter(clinic=clinic).count() == COURSES
        assert list(verify(None)) == []
        for held in Standing.objects.filter(clinic=clinic).select_related("course__key"):
            made = stand(held.course)
            told = (held.state, held.dispense, held.urgency, held.closes, held.due, held.week)
            assert made is not None
            again = (made.state, made.dispense, made.urgency, made.closes, made.due, made.week)
            assert told == again and len(read(held.course).lines) > 5
        acts = Mix(clinic, "a seed").acts(rate=20, seconds=30)
        assert {each.what for each in acts} == A_MONTH.keys() and len(acts) > 400
        assert {each.what for each in acts if each.said} == set(WRITES)
        assert fill(COURSES, NOW) == clinic, "what is there is not made again"
        assert Course.objects.filter(clinic=clinic).count() == COURSES


def test_the_rate_follows_from_what_is_assumed() -> None:
    """50,000 courses, 15 requests a month, 21 days of 8 hours, five times as busy at the peak."""
    assert round(at_the_peak(50_000), 1) == 6.2
    assert clinic_run.quantiles([1.0, 2.0, 3.0, 4.0]) == {
        "n": 4,
        "p50": 2.0,
        "p95": 4.0,
        "p99": 4.0,
    }
    assert clinic_run.quantiles([]) == {"n": 0}
