"""The schema command: the JSON Schema of each public format."""

import json
import sys
from collections.abc import Callable, Mapping
from typing import Any

from isocourse.on_screen.refused import Refused, closest


def _course() -> dict[str, Any]:
    from isocourse.events import course_schema

    return course_schema()


def _assessment() -> dict[str, Any]:
    from isocourse.course.schema import assessment_schema

    return assessment_schema()


def _plan() -> dict[str, Any]:
    from isocourse.course.schema import plan_schema

    return plan_schema()


def _forecast() -> dict[str, Any]:
    from isocourse.course.forecasting.schema import forecast_schema

    return forecast_schema()


def _settings() -> dict[str, Any]:
    from isocourse.course.schema import settings_schema

    return settings_schema()


def _events_table() -> dict[str, Any]:
    from isocourse.exchange.events_table.schemas import events_table_schema

    return events_table_schema()


def _assessment_table() -> dict[str, Any]:
    from isocourse.exchange.events_table.schemas import assessment_table_schema

    return assessment_table_schema()


def _trial() -> dict[str, Any]:
    from isocourse.models.trial_file import trial_schema

    return trial_schema()


def _trial_result() -> dict[str, Any]:
    from isocourse.models.trial_file import result_schema

    return result_schema()


SCHEMAS: Mapping[str, Callable[[], dict[str, Any]]] = {
    "course": _course,
    "assessment": _assessment,
    "plan": _plan,
    "forecast": _forecast,
    "settings": _settings,
    "events-table": _events_table,
    "assessment-table": _assessment_table,
    "trial": _trial,
    "trial-result": _trial_result,
}


def write_schema(name: str) -> None:
    """Write the JSON Schema of a format. Raises Refused when there is none of this name."""
    if name not in SCHEMAS:
        hint = closest(name, list(SCHEMAS))
        raise Refused(f"There is no format {name!r}.{hint} Formats: {', '.join(SCHEMAS)}.")
    text = json.dumps(SCHEMAS[name](), ensure_ascii=False, indent=2) + "\n"
    sys.stdout.buffer.write(text.encode())
