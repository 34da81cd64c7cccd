"""Regimens side by side are made of capsules that exist, and end where the target is."""

import pytest
from tests.forecasting.courses import DAY, event, usual

from isocourse.course.forecasting import chosen, typed
from isocourse.course.forecasting.regimens import regimens, strengths_of
from isocourse.course.forecasting.seen import seen
from isocourse.course.settings import DEFAULT

STRENGTHS = (5_000, 10_000, 20_000)
MOST = 120_000


def test_each_regimen_is_made_of_capsules_on_the_market_and_reaches_the_target() -> None:
    found = seen(usual(), DAY, None, DEFAULT)
    compared = regimens(found)
    assert next(each.key for each in compared) == "as_now"
    assert {"label_high", "taper", "alternate", "low"} <= {each.key for each in compared}
    for each in compared:
        for dose in each.steps or (each.dose,):
            assert dose % min(strengths_of(found)) == 0
        whole = found.taken.sum() + each.total / 1000
        if each.reaches_target:
            assert whole / 60 == pytest.approx(120, abs=2), each.key
        else:
            assert whole / 60 < 120 and each.days == 364, each.key


def test_capsules_to_come_are_counted_by_hand() -> None:
    by_key = {e.key: e for e in regimens(seen(usual(), DAY, None, DEFAULT))}
    # 60 kg to 120 mg/kg is 7200 mg; 70 days of 30 mg are 2100 mg; 5100 mg are left.
    assert (by_key["as_now"].days, by_key["as_now"].capsule_count) == (170, 340)  # 20 mg and 10 mg
    assert (by_key["label_high"].days, by_key["label_high"].capsule_count) == (85, 255)  # 3 x 20 mg
    assert (by_key["alternate"].days, by_key["alternate"].capsule_count) == (170, 255)
    assert (by_key["twice"].days, by_key["twice"].capsule_count) == (128, 256)


def test_a_course_whose_target_is_reached_has_nothing_to_come() -> None:
    compared = regimens(seen(usual(weight=15 + 2), DAY, None, DEFAULT))
    assert all(each.days == 0 and each.capsule_count == 0 for each in compared)


def test_without_a_weight_no_dose_by_weight_is_compared() -> None:
    compared = regimens(seen(usual(weight=None), DAY, None, DEFAULT))
    assert {each.key for each in compared} == {"as_now", "once", "twice"}
    assert not any(each.reaches_target for each in compared)


def test_what_a_doctor_types_is_read() -> None:
    every, other = typed("40", STRENGTHS, MOST), typed(" 20/1of2 ", STRENGTHS, MOST)
    assert (every.dose, every.name, every.capsules) == (40_000, "40 mg every day", "20 mg x 2")
    assert (other.days_on, other.cycle_days) == (1, 2)
    assert other.name == "20 mg every other day"


@pytest.mark.parametrize(
    "text",
    ["", "forty", "0", "121", "400", "401", "-20", "20/3of2", "20/0of2", "1e3", "20mg", "20/1of"],
)
def test_what_cannot_be_a_regimen_is_refused_with_what_was_found(text: str) -> None:
    with pytest.raises(ValueError, match="found"):
        typed(text, STRENGTHS, MOST)


def test_a_dose_that_no_capsules_make_up_is_refused_with_the_nearest() -> None:
    with pytest.raises(ValueError, match="nearest dose is 5 mg"):
        typed("7", STRENGTHS, MOST)


def test_a_dose_above_the_labels_most_is_said() -> None:
    found = seen(usual(), DAY, None, DEFAULT)
    compared = regimens(found, ["100"])
    assert [each.above_label for each in compared if each.key == "typed-100"] == [True]
    with pytest.raises(ValueError, match="up to 120, the most that any label allows"):
        regimens(found, ["140"])  # 60 kg


def test_without_a_weight_no_dose_that_needs_one_is_taken() -> None:
    found = seen(usual(weight=None), DAY, None, DEFAULT)
    assert {each.key for each in regimens(found, ["80"])} >= {"typed-80"}
    with pytest.raises(ValueError, match="up to 80"):
        regimens(found, ["100"])


@pytest.mark.parametrize("kind", ["pregnancy", "pregnancy_test"])
def test_in_a_pregnancy_nothing_is_compared(kind: str) -> None:
    more = {"result": "positive", "specimen": "urine", "setting": "clinic"}
    known = event(20, kind, 60, **(more if kind == "pregnancy_test" else {}))
    found = seen(usual(known), DAY, None, DEFAULT)
    assert regimens(found) == () and regimens(found, ["20"]) == ()
    assert any("pregnancy" in each for each in found.supposed)
    with pytest.raises(ValueError, match="pregnancy"):
        chosen(found, "20")
