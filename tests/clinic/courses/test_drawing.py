"""A picture says what its numbers say: higher lies higher, later lies to the right, names apart."""

import re
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from isocourse.clinic.courses.overtime.axes import Across, Up, number
from isocourse.clinic.courses.overtime.drawing import HIGH, WIDE, Chart, Limit, Line, Point

DAY = date(2026, 1, 31)
days = st.integers(0, 900).map(lambda n: DAY + timedelta(days=n))
amounts = st.floats(0, 1e5, allow_nan=False).map(lambda each: round(each, 2))
points = st.lists(st.builds(Point, days, amounts), min_size=1, max_size=12)


@given(st.floats(0.01, 1e6), st.floats(0, 1), st.floats(0, 1))
def test_a_higher_value_lies_higher_and_all_lie_within(most: float, a: float, b: float) -> None:
    up = Up(most, 20, 200)
    assert up.top >= most * 0.999 and 2 <= len(up.ticks) <= 6
    low, high = sorted((a * most, b * most))
    assert 19.9 <= up.at(high) <= up.at(low) <= 200.1


@given(days, days)
def test_days_lie_in_order_and_their_names_apart(a: date, b: date) -> None:
    first, last = sorted((a, b))
    across = Across(first, last, 40, 380)
    places = [across.at(day) for day, _words, _anchor in across.ticks]
    assert places == sorted(places) and all(40 <= each <= 380 for each in places)
    months = places[1:-1]
    assert all(y - x >= 30 for x, y in pairwise(months))
    assert not months or (months[0] - places[0] >= 80 and places[-1] - months[-1] >= 80)


@given(st.lists(points, min_size=1, max_size=3), st.lists(amounts, max_size=3))
def test_every_line_limit_and_name_is_in_the_picture(
    lines: list[list[Point]], limits: list[float]
) -> None:
    held = [Line(f"n{n}", sorted(each, key=lambda p: p.day)) for n, each in enumerate(lines)]
    chart = Chart("T", "mg", held, [Limit(each, "w", f"{each}") for each in limits])
    picture = str(chart.picture)
    assert picture.count("<polyline") == len(held)
    drawn = sum(inside for _letter, _limit, inside in chart.explained)
    assert picture.count('class="limit"') == drawn and len(chart.explained) == len(limits)
    for x, y in re.findall(r'c[xy]="([\d.-]+)" cy="([\d.-]+)"', picture):
        assert 0 <= float(x) <= WIDE and 0 <= float(y) <= HIGH + 30


def test_words_of_a_person_are_escaped() -> None:
    chart = Chart("<b>", "mg", [Line("<i>", [Point(DAY, 1)]), Line("x", [Point(DAY, 1)])])
    assert "<b>" not in chart.picture and "<i>" not in chart.picture


def test_a_number_has_as_many_places_as_it_needs() -> None:
    said = [number(each) for each in (0, 0.456, 9.03, 11.29, 40, 120.4, 1000)]
    assert said == ["0", "0.46", "9.03", "11.3", "40", "120", "1000"]
