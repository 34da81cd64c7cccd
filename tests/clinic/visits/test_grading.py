"""The acne is graded: GAGS from its six sites by the source's factors, the others as chosen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.clinic import team
from tests.clinic.visits.filled import VISIT, Desk

from isocourse.clinic.visits.parts.grading import WORST, Gags
from isocourse.clinic.visits.tables import table
from isocourse.events.kinds_findings import SCALE_TOPS
from isocourse.evidence import source

SITES = ("forehead", "right_cheek", "left_cheek", "nose", "chin", "chest_and_upper_back")


@pytest.fixture
def desk(sqlite: str) -> Desk:
    clinic = team.clinic()
    return Desk(clinic, team.opened(clinic))


def graded(*grades: object) -> dict[str, str]:
    sites = zip(SITES, grades, strict=False)
    return {f"gags-{site}": str(each) for site, each in sites if each is not None}


def found(desk: Desk) -> dict[str, float]:
    return {each["scale"]: each["score"] for each in desk.new if each["kind"] == "severity"}


def test_the_factors_are_those_of_the_source_and_reach_the_top_of_the_scale() -> None:
    factors = table("gags")
    assert tuple(factors) == SITES
    for row in factors.values():
        key, _, passage = row["source"].partition("#")
        assert source(key).passages[passage].confidence == row["confidence"] == "provisional"
    worst = max(int(grade) for grade, _words in WORST)
    assert worst * sum(row["factor"] for row in factors.values()) == SCALE_TOPS["gags"]


@pytest.mark.parametrize(
    ("grades", "score"),
    [
        ((0, 0, 0, 0, 0, 0), 0),
        ((1, 0, 0, 0, 0, 0), 2),
        ((0, 0, 0, 1, 1, 0), 2),
        ((0, 0, 0, 0, 0, 1), 3),
        ((2, 3, 3, 1, 2, 2), 25),
        ((4, 4, 4, 4, 4, 4), 44),
    ],
)
def test_the_sites_are_added_up(desk: Desk, grades: tuple[int, ...], score: int) -> None:
    desk.send("record/visit", {**VISIT, **graded(*grades)})
    assert found(desk) == {"gags": score}


@given(st.lists(st.integers(0, 4), min_size=6, max_size=6))
def test_the_total_while_it_is_filled_in_is_the_sum_by_hand(grades: list[int]) -> None:
    forehead, right, left, nose, chin, chest = grades
    by_hand = 2 * (forehead + right + left) + nose + chin + 3 * chest
    assert Gags(None, graded(*grades)).total == by_hand  # type: ignore[arg-type]


def test_all_sites_or_a_total_and_never_both(desk: Desk) -> None:
    assert "2 of 6 sites are missing." in desk.text("record/visit", graded(1, 1, 1, 1))
    both = {**graded(0, 0, 0, 0, 0, 0), "gags-given": "20"}
    assert "not both" in desk.text("record/visit", both) and not desk.new
    desk.send("record/visit", {**VISIT, "gags-given": "20"})
    assert found(desk) == {"gags": 20}


def test_other_scales_are_taken_as_chosen_and_kept_to_their_range(desk: Desk) -> None:
    chosen = {"grades-iga": "3", "grades-gea": "4", "grades-leeds": "7,5"}
    for scale, wrong in (("iga", "5"), ("gea", "6"), ("leeds", "13"), ("iga", "2.5")):
        text = desk.text("record/visit", {**chosen, f"grades-{scale}": wrong})
        assert f'href="#id_grades-{scale}"' in text and not desk.new
    desk.send("record/visit", {**VISIT, **chosen})
    assert found(desk) == {"iga": 3, "gea": 4, "leeds": 7.5}
