"""The tables of a registry: what goes in, and what comes out."""

from collections.abc import Mapping
from typing import Any

from isocourse.exchange.events_table.form import COLUMNS, FIELDS, OF_EVERY_ENTRY, OF_THE_COURSE
from isocourse.exchange.events_table.result import FACT_PREFIX
from isocourse.exchange.events_table.schemas import assessment_table_schema, events_table_schema

from .markdown import code, codes, page, table


def events_table() -> str:
    """The page of the events table."""
    properties = events_table_schema()["properties"]
    rows = [
        (code(each.name), code(properties[each.name]["x-parquet"]), _needed(each), each.says)
        for each in COLUMNS
    ]
    kinds = [
        (code(kind), ", ".join(_where(field, column) for field, column in fields.items()))
        for kind, fields in FIELDS.items()
    ]
    return page(
        "Events table",
        _EVENTS,
        "## Columns\n\n" + table(("column", "Parquet type", "required", "what it holds"), rows),
        "## What each kind uses\n\n"
        + f"Beside {codes((*OF_THE_COURSE, *OF_EVERY_ENTRY))}. Where the field of the course file "
        "has another name, the column follows in brackets.\n\n" + table(("kind", "fields"), kinds),
    )


_EVENTS = """\
The entries of many courses in Parquet: one row for each entry, the rows of a course together, in
any order. It says what [course files](course-file.md) say; a value that is refused there is refused
here. A column that a table does not need may be left out, whole numbers may be of any width, and
columns that begin with `x-` or `x_` are passed over. An empty list is no list.

`at` is the day as it was written, by the clock of its own time. Where the hour is known,
`at_instant` holds it in UTC; without it the entry counts for the whole local day.

Rows of a course that stand apart are put together first, which takes a second file of the same size
beside the answers. `isocourse schema events-table` prints the JSON Schema of a row."""


def _needed(column: Any) -> str:
    return "yes" if column.required else ""


def _where(field: str, column: str) -> str:
    return code(field) if field == column else f"{code(field)} ({code(column)})"


def assessment_table() -> str:
    """The page of the assessment table."""
    properties: Mapping[str, Any] = assessment_table_schema()["properties"]
    first = [name for name in properties if "." not in name]
    bits = [n for n in properties if "." in n and not n.startswith(FACT_PREFIX)]
    return page(
        "Assessment table",
        _ASSESSMENT,
        "## Columns\n\n" + table(("column", "what it holds"), _rows(first, properties)),
        "## One bit for each rule\n\n" + table(("column", "rule"), _rows(bits, properties)),
    )


_ASSESSMENT = f"""\
One row for each course, in Parquet: `assessment.parquet`. A bit is true where the rule speaks; of a
rule that blocks it is null where the record does not tell. A rule that is not in force at the place
on that day is false. Sentences are not written: ask `isocourse assess` for the one course.

With `--facts` every fact of the [data dictionary](data-dictionary.md) follows as `{FACT_PREFIX}`
and its name: whole numbers of the unit given there, null where it is not known. The table only ever
gains columns. `isocourse schema assessment-table` prints the JSON Schema of a row."""


def _rows(names: list[str], properties: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(code(name), _said(properties[name])) for name in names]


def _said(schema: Mapping[str, Any]) -> str:
    return schema.get("description") or codes(schema["enum"])
