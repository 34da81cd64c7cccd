"""The JSON Schemas of one row of the events table and of one row of the assessment table."""

from typing import Any

from isocourse.course.many.doses import FINISH, NUMBERS
from isocourse.course.many.due import tasks
from isocourse.course.speaking import ASKED
from isocourse.exchange.events_table.form import (
    CAPSULES,
    COLUMNS,
    DAY,
    FLAG,
    FORMAT,
    INSTANT,
    METHODS,
    NUMBER,
    TEXT,
    WHOLE,
    WORDS,
    TableColumn,
    fields_in,
)
from isocourse.exchange.events_table.result import DOSE_PREFIX, DUE_PREFIX, FACT_PREFIX, words_of
from isocourse.exchange.events_table.result import FORMAT as RESULT_FORMAT
from isocourse.facts import columns
from isocourse.facts.column import FLAG as YES_NO
from isocourse.rules import rules
from isocourse.words.tokens import METHODS as METHOD_NAMES
from isocourse.words.tokens import PLACES

Schema = dict[str, Any]
_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_DAY: Schema = {"type": "string", "format": "date"}
_PARQUET = {
    TEXT: "string",
    DAY: "date32",
    INSTANT: "timestamp[us, UTC]",
    FLAG: "bool",
    WHOLE: "int32",
    NUMBER: "double",
    WORDS: "list<string>",
    METHODS: "list<struct<method: string, since: date32>>",
    CAPSULES: "list<struct<mg: double, quantity: int32>>",
}
_JSON: dict[str, Schema] = {
    TEXT: {"type": "string"},
    DAY: _DAY,
    INSTANT: {"type": "string", "format": "date-time"},
    FLAG: {"type": "boolean"},
    WHOLE: {"type": "integer"},
    NUMBER: {"type": "number"},
    WORDS: {"type": "array", "items": {"type": "string"}},
    METHODS: {
        "type": "array",
        "items": {
            "type": "object",
            "properties": {"method": {"enum": list(METHOD_NAMES)}, "since": _DAY},
            "required": ["method", "since"],
        },
    },
    CAPSULES: {
        "type": "array",
        "items": {
            "type": "object",
            "properties": {"mg": {"type": "number"}, "quantity": {"type": "integer"}},
            "required": ["mg", "quantity"],
        },
    },
}


def events_table_schema() -> Schema:
    """One row of the events table as JSON; x-parquet says how each column is stored.

    `description` names the kinds that use a column, with the field of the course file it holds.
    """
    properties = {each.name: _column(each) for each in COLUMNS}
    properties["place"]["enum"] = list(PLACES)
    return {
        "$schema": _DRAFT,
        "$id": "urn:isocourse:schema:events-table:1",
        "title": "isocourse events table, one row",
        "x-format": FORMAT,
        "type": "object",
        "properties": properties,
        "required": [each.name for each in COLUMNS if each.required],
        "patternProperties": {"^x[-_]": {}},
        "additionalProperties": False,
    }


def _column(column: TableColumn) -> Schema:
    used = "; ".join(f"{kind}: {field}" for kind, field in fields_in(column.name))
    said = f"{column.says} {used[:1].upper()}{used[1:]}." if used else column.says
    kind = _JSON[column.type]
    nullable = kind if column.required else {"anyOf": [kind, {"type": "null"}]}
    return {**nullable, "description": said, "x-parquet": _PARQUET[column.type]}


def assessment_table_schema() -> Schema:
    """One row of the assessment table as JSON. It only ever gains columns."""
    properties: Schema = {
        "course_id": _said("string", "The course"),
        "place": {"enum": list(PLACES)},
        **{name: {"enum": list(words_of(name))} for name in ("stage", *ASKED)},
        "one_by_one": _said("boolean", "Taken through the code for one course"),
    }
    for name, rule in rules().items():
        properties[name] = _bit(rule.effect, rule.about)
    for name in NUMBERS:
        properties[DOSE_PREFIX + name] = _said("number", _DOSE[name], "null")
    for name in FINISH:
        properties[DOSE_PREFIX + name] = _day(_DOSE[name])
    for task in tasks():
        properties[DUE_PREFIX + task] = _day(f"The day on which this is due: {_words(task)}.")
    for each in columns():
        kind = "boolean" if each.unit == YES_NO else "integer"
        unit = "" if each.unit == YES_NO else f" ({each.unit})"
        said = f"{each.says}{unit} Null: not known. Only with --facts."
        properties[FACT_PREFIX + each.name] = _said(kind, said, "null")
    return {
        "$schema": _DRAFT,
        "$id": "urn:isocourse:schema:assessment-table:1",
        "title": "isocourse assessment table, one row",
        "x-format": RESULT_FORMAT,
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if not name.startswith(FACT_PREFIX)],
    }


_PER_KG = "taken so far for each kg of"
_DOSE = {
    "today_mg_per_day": "The dose of the day asked, mg.",
    "today_mg_per_kg": "The same for each kg of the latest sound weight, mg/kg.",
    "cumulative_mg.prescribed": "Prescribed so far, mg.",
    "cumulative_mg.dispensed": "Handed over so far, mg.",
    "cumulative_mg.taken": "Taken so far, mg.",
    "cumulative_mg_per_kg.start_weight": f"{_PER_KG.capitalize()} the weight at the start, mg/kg.",
    "cumulative_mg_per_kg.latest_weight": f"{_PER_KG.capitalize()} the latest weight, mg/kg.",
    "cumulative_mg_per_kg.day_by_day": f"{_PER_KG.capitalize()} the weight of each day, mg/kg.",
    "finish_from": "The day on which the lower target is reached at the present dose.",
    "finish_until": "The day on which the upper target is reached at the present dose.",
}


def _day(about: str) -> Schema:
    return {"anyOf": [_DAY, {"type": "null"}], "description": f"{about} Null: none, or not known."}


def _words(task: str) -> str:
    return task.replace("_", " ")


def _bit(effect: str, about: str) -> Schema:
    if effect == "blocks":
        return _said("boolean", f"{about} True: it blocks; null: it cannot be told.", "null")
    return _said("boolean", f"{about} True: {_SPEAKS[effect]}.")


_SPEAKS = {
    "advises": "it advises",
    "alerts": "the alert is raised",
    "due": "the task stands",
    "phase": "it is the phase of the course",
    "expect": "it is to be expected now",
    "tips": "the tip applies",
}


def _said(kind: str, description: str, *also: str) -> Schema:
    return {"type": [kind, *also] if also else kind, "description": description}
