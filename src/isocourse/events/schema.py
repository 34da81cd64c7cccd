"""The JSON Schema of the course file, made from the classes that read it."""

from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from isocourse.events.course import Course
from isocourse.events.kinds import KINDS
from isocourse.events.kinds_findings import SCALE_TOPS, SCORES, lab_below
from isocourse.events.kinds_history import WEIGHTS
from isocourse.words.units import LAB_FACTORS

SCHEMA_ID = "urn:isocourse:schema:course:1"

Schema = dict[str, Any]


def course_schema() -> Schema:
    """A JSON Schema (draft 2020-12) of the course file.

    What it refuses `read_course` refuses too. It cannot say what must hold between events, nor
    that a date or a time zone is a real one, nor that days_on fit into cycle_days.
    """
    classes: list[type[BaseModel]] = [Course, *KINDS.values()]
    made = models_json_schema([(each, "validation") for each in classes])[1]
    parts: Schema = _without_nulls(made)["$defs"]
    whole = parts.pop("Course")
    for log in (whole, parts["EarlierCourse"]):
        log["properties"]["events"]["items"] = {"$ref": "#/$defs/Event"}
    parts |= {each.__name__: _of_kind(kind, parts[each.__name__]) for kind, each in KINDS.items()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        **whole,
        "title": "isocourse course file",
        "$defs": {"Event": _event()} | parts,
    }


def _event() -> Schema:
    """Told apart by kind, so that a validator speaks of that kind alone."""
    return {
        "type": "object",
        "required": ["kind"],
        "properties": {"kind": {"enum": list(KINDS)}},
        "allOf": [
            {"if": _is("kind", [kind]), "then": {"$ref": f"#/$defs/{each.__name__}"}}
            for kind, each in KINDS.items()
        ],
    }


def _of_kind(kind: str, schema: Schema) -> Schema:
    rules = _between_fields().get(kind)
    required = {"title": kind, "required": [*schema["required"], "kind"]}
    return schema | required | ({"allOf": rules} if rules else {})


def _without_nulls(schema: Any) -> Any:
    """Optional keys are left out of a file, never null."""
    if isinstance(schema, list):
        return [_without_nulls(each) for each in schema if each != {"type": "null"}]
    if not isinstance(schema, dict):
        return schema
    kept = {key: _without_nulls(value) for key, value in schema.items()}
    if kept.get("default", 0) is None:
        del kept["default"]
    if len(kept.get("anyOf", ())) == 1:
        kept = {**kept.pop("anyOf")[0], **kept}
    return kept


def _between_fields() -> dict[str, list[Schema]]:
    """What one field of a kind asks of another."""
    one_count = {"not": {"required": ["capsules"], "anyOf": _any_of("capsule_mg", "quantity")}}
    cycle = {"dependentRequired": {"days_on": ["cycle_days"], "cycle_days": ["days_on"]}}
    return {
        "weight": [
            _when(_is("unit", [unit]), value={"minimum": low, "maximum": high})
            for unit, (low, high) in WEIGHTS.items()
        ],
        "lab": [rule for test in LAB_FACTORS for rule in _lab(test)],
        "severity": _scales(),
        "questionnaire": _questionnaires(),
        "contraception": [{"oneOf": [_HAS_METHODS, _ABSTINENT]}],
        "prescription": [one_count, cycle],
        "dispense": [one_count],
        "comprehension": [{"if": _NAMES_ABSTINENCE, "then": _NAMES_ONE}],
    }


def _lab(test: str) -> Iterable[Schema]:
    yield _when(_is("test", [test]), unit={"enum": [*LAB_FACTORS[test]]})
    for unit in LAB_FACTORS[test]:
        below = {"exclusiveMaximum": lab_below(test, unit)}
        both = {"allOf": [_is("test", [test]), _is("unit", [unit])]}
        yield _when(both, value=below, upper_limit=below)


def _scales() -> list[Schema]:
    tops = [_when(_is("scale", [each]), score={"maximum": top}) for each, top in SCALE_TOPS.items()]
    in_whole_steps = [each for each in SCALE_TOPS if each != "leeds"]
    return [*tops, _when(_is("scale", in_whole_steps), score={"type": "integer"})]


def _questionnaires() -> list[Schema]:
    ranges = [
        _when(_is("instrument", [each]), score={"minimum": low, "maximum": high})
        for each, (low, high) in SCORES.items()
    ]
    without_item_9 = [each for each in SCORES if each != "phq-9"]
    return [*ranges, _when(_is("instrument", without_item_9), item_9=False)]


_HAS_METHODS: Schema = {"required": ["methods"], "properties": {"methods": {"minItems": 1}}}
_ABSTINENT: Schema = {
    "required": ["abstinence"],
    "properties": {"abstinence": {"const": True}},
}
_NAMES_ABSTINENCE: Schema = {
    "required": ["contraception"],
    "properties": {"contraception": {"contains": {"const": "abstinence"}}},
}
_NAMES_ONE: Schema = {"properties": {"contraception": {"maxItems": 1}}}


def _any_of(*keys: str) -> list[Schema]:
    return [{"required": [key]} for key in keys]


def _is(key: str, words: Iterable[str]) -> Schema:
    return {"required": [key], "properties": {key: {"enum": list(words)}}}


def _when(condition: Schema, **then: Schema | bool) -> Schema:
    return {"if": condition, "then": {"properties": then}}
