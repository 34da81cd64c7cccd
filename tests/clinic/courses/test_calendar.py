"""The small calendar: windows of every kind, what is due, and from when a thing may be done."""

from datetime import date, datetime
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from isocourse.clinic.courses.calendar import Day, drawn, weeks
from isocourse.course import Window

ZONE = ZoneInfo("America/New_York")
TODAY = date(2026, 11, 25)


def at(day: int, hour: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=ZONE)


def days(windows: list[Window], tasks: list[Any]) -> dict[date, Day]:
    held = weeks(windows, tasks, [], ZONE, TODAY)
    assert len(held) == 6 and all(len(week) == 7 for week in held)
    return {day.date: day for week in held for day in week}


def task(name: str, opens: datetime | None, due: date | None) -> Any:
    return SimpleNamespace(task=name, opens=opens, due=due)


def test_a_window_of_any_kind_is_marked_from_its_first_day_to_its_last() -> None:
    for what in ("dispense", "a_new_kind"):
        held = days([Window(what, at(23), at(27, 23), "e1")], [])
        assert [day.day for day, each in held.items() if each.window] == [23, 24, 25, 26, 27]
        assert [day.day for day, each in held.items() if each.closes] == [27]


def test_a_task_stands_on_its_day_and_on_the_one_from_which_it_may_be_done() -> None:
    held = days([], [task("pregnancy_test", at(26), date(2026, 12, 1)), task("visit", None, TODAY)])
    assert held[date(2026, 11, 26)].opens == ["pregnancy test"]
    assert held[date(2026, 12, 1)].due == ["pregnancy test"] and held[TODAY].due == ["visit"]
    rows = "".join(drawn(weeks([], [task("visit", at(25), TODAY)], [], ZONE, TODAY), TODAY))
    assert "from here" not in rows, "what is due on the day on which it opens is said once"
    assert rows.count('class="must"') == 1 and rows.count('<td class="today">') == 1


def test_what_lies_outside_the_six_weeks_is_left_out() -> None:
    far = datetime(2027, 6, 1, tzinfo=ZONE)
    held = days([Window("dispense", far, far, "e1")], [task("visit", far, far.date())])
    assert not any(each.window or each.due or each.opens for each in held.values())
