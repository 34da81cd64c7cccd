"""Small courses for the tests of the forecast."""

from datetime import date, timedelta
from typing import Any

from isocourse.course.forecasting import Forecast, forecast
from isocourse.events import Course, read_course

START = date(2026, 3, 2)
DAY = date(2026, 5, 11)


def on(day: int) -> str:
    """A day from the first capsule."""
    return (START + timedelta(days=day)).isoformat()


def event(nth: int, kind: str, day: int, **said: Any) -> dict[str, Any]:
    """An event as the course file holds it."""
    return {"id": f"e{nth}", "kind": kind, "at": on(day), **said}


def supply(nth: int, day: int, dose: int, days: int = 28, **more: Any) -> list[dict[str, Any]]:
    """A prescription that is handed over on its day."""
    given = {"daily_dose": dose, "unit": "mg/day", "days": days, **more}
    return [
        event(nth, "prescription", day, prescription_id=f"p{nth}", **given),
        event(nth + 1, "dispense", day, prescription_id=f"p{nth}", days=days),
    ]


def course(*events: dict[str, Any], sex: str = "male", place: str = "uk") -> Course:
    """A course with these events."""
    import json

    return read_course(
        json.dumps(
            {
                "format": "isocourse.course/1",
                "course_id": "f1",
                "place": place,
                "patient": {"birth_date": "2004-01-05", "sex": sex},
                "events": list(events),
            }
        )
    )


def usual(*more: dict[str, Any], weight: float | None = 60) -> Course:
    """Ten weeks of 30 mg for severe acne, with counts."""
    first = [
        event(1, "diagnosis", -14, severity="severe"),
        event(2, "lesions", -14, papules_pustules=40, nodules=6, comedones=35),
    ]
    if weight is not None:
        first.append(event(3, "weight", -14, value=weight, unit="kg"))
    supplies = [*supply(10, 0, 30), *supply(12, 28, 30), *supply(14, 56, 30)]
    return course(*first, *supplies, *more)


def told(of: Course, **more: Any) -> Forecast:
    """The forecast of a course on DAY, with few twins."""
    return forecast(of, more.pop("at", DAY), people=more.pop("people", 512), **more)
