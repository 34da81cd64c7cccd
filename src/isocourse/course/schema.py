"""The JSON Schemas of the assessment and of the clinic's settings.

An assessment only ever gains keys, so its schema names those there are and lets others pass: a
reader written today keeps working. Settings are read: their
schema refuses what it does not know.
"""

from typing import Any

from isocourse import evidence
from isocourse.course import answers, settings, unread
from isocourse.course.dosing.schema import dose_schema
from isocourse.course.planning.plan import FORMAT as PLAN_FORMAT
from isocourse.course.wording import LARGER, name_read
from isocourse.facts import Column, columns
from isocourse.rules import ACTIONS, rules
from isocourse.rules.book import LAYERS, RULE_TOPICS, URGENCIES
from isocourse.words import codes
from isocourse.words.places import ZONES
from isocourse.words.tokens import HISTORY_TOPICS

Schema = dict[str, Any]

STAGES = (
    "screening",
    "ready",
    "on_treatment",
    "paused",
    "finished",
    "stopped_early",
    "follow_up",
    "relapsed",
    "pregnant",
)
_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_TEXT: Schema = {"type": "string"}
_DAY: Schema = {"type": "string", "format": "date"}
_INSTANT: Schema = {"type": "string", "format": "date-time"}
_MOMENT: Schema = {"anyOf": [_DAY, _INSTANT]}
_CODES = (codes.Role, codes.Stop, codes.Severity, codes.Concern, codes.TestFault)


def assessment_schema() -> Schema:
    """A JSON Schema (draft 2020-12) of what `assess --json` prints for one course."""
    return {
        "$schema": _DRAFT,
        "$id": "urn:isocourse:schema:assessment:1",
        "title": "isocourse assessment",
        **_object(
            format={"const": answers.FORMAT},
            course_id=_TEXT,
            place={"enum": list(ZONES)},
            at=_said(_MOMENT, "The moment asked about"),
            known_at=_said(_MOMENT, "What was recorded later was left out"),
            settings=_said(_TEXT, "'default', or the digest of the clinic's settings"),
            rules_in_force=_list(_object(source={"enum": list(evidence.sources())}, since=_DAY)),
            stage={"enum": list(STAGES)},
            actions=_every({action: _answer(*_ANSWERS) for action in ACTIONS}),
            eligibility=_answer("eligible", "not_eligible", "unknown"),
            alerts=_list(_alert()),
            due=_list(_task()),
            windows=_list(_window()),
            dose=dose_schema(),
            timeline=_timeline(),
            facts=_facts(),
            not_looked_at=_list(_object(event=_TEXT, kind=_TEXT, word=_TEXT)),
            unmapped=_said(_list(_unmapped()), "Of a FHIR Bundle: what no event was made of"),
            optional=("known_at", "unmapped"),
        ),
    }


def _unmapped() -> Schema:
    closes = _said(_TEXT, "The topic that it closes while it is unread")
    return _object(
        where=_TEXT, found=_TEXT, expected=_TEXT, do=_TEXT, closes=closes, optional=("closes",)
    )


def plan_schema() -> Schema:
    """A JSON Schema (draft 2020-12) of what `plan --json` prints for one course."""
    span = _object(earliest=_DAY, best=_DAY, last=_DAY)
    either: Schema = {"anyOf": [span, {"type": "null"}]}
    over = _object(
        written=_said({"type": "boolean"}, "On the prescription there is"),
        pick_up=span,
        test=either,
        visit=either,
        days={"type": "integer"},
        gap_days=_said({"type": "integer"}, "Days without capsules before it"),
        causes=_list(_reason()),
    )
    return {
        "$schema": _DRAFT,
        "$id": "urn:isocourse:schema:plan:1",
        "title": "isocourse plan",
        **_object(
            format={"const": PLAN_FORMAT},
            course_id=_TEXT,
            place={"enum": list(ZONES)},
            at=_MOMENT,
            settings=_TEXT,
            until=_DAY,
            supplied_until={"anyOf": [_DAY, {"type": "null"}]},
            hand_overs=_list(over),
            stops=_list(_reason()),
            supposes=_list(_TEXT),
        ),
    }


_ANSWERS = ("allowed", "blocked", "unknown", "not_applicable")


def settings_schema() -> Schema:
    """A JSON Schema (draft 2020-12) of the settings, as read from TOML: a date is its text."""
    movable = [key for key, each in evidence.sources().items() if each.kind == "programme"]
    local = {
        name: {"type": "integer", "minimum": 1, "maximum": most}
        for name, most in settings.MOST.items()
    }
    parts: Schema = {
        "format": {"const": settings.FORMAT},
        "starts": _said(_closed({key: _DAY for key in movable}), "When a programme begins"),
        "local": _said(
            _closed({**local, "baseline_labs": {"type": "boolean"}}),
            "What the clinic asks beyond the programmes",
        ),
        "labs": _said(_labs(), "Whose schedule of blood tests; without it that of the label"),
    }
    return {
        "$schema": _DRAFT,
        "$id": "urn:isocourse:schema:settings:1",
        "title": "isocourse settings (TOML)",
        **_closed(parts),
        "required": ["format"],
    }


def _labs() -> Schema:
    """A policy; only that of the clinic has days of its own, and has them all."""
    days: Schema = {"type": "integer", "minimum": 1, "maximum": settings.MOST_LAB_DAYS}
    local = {"policy": {"const": "local"}, **dict.fromkeys(settings.LAB_DAYS, days)}
    others = [each for each in settings.LAB_POLICIES if each != "local"]
    published = _closed({"policy": {"enum": others}})
    return {
        "anyOf": [
            {**_closed({}), "maxProperties": 0},
            {**published, "required": ["policy"]},
            {**_closed(local), "required": list(local)},
        ]
    }


def _answer(*verdicts: str) -> Schema:
    reasons = {"type": "array", "items": _reason()}
    return _object(verdict={"enum": list(verdicts)}, reasons=reasons)


def _reason() -> Schema:
    return _object(
        rule={"enum": sorted([*rules(), unread.RULE])},
        topic={"enum": list(RULE_TOPICS)},
        layer={"enum": list(LAYERS)},
        effect={"enum": ["blocks", "unknown", "advises"]},
        sentence=_TEXT,
        cites=_list(_said(_TEXT, "source#passage")),
        facts=_said(_facts(), "The facts that carried the answer"),
        events=_list(_said(_TEXT, "The id of an event of the file")),
        missing=_list(_said(_TEXT, "The name of a fact that has to be recorded")),
        provisional=_said({"const": True}, "A source could not be read in full"),
        optional=("provisional",),
    )


def _spoken(effect: str, optional: tuple[str, ...] = (), **parts: Schema) -> Schema:
    """What a rule with this effect says beside the verdicts."""
    names = sorted(name for name, rule in rules().items() if rule.effect == effect)
    return _object(
        rule={"enum": names},
        topic={"enum": list(RULE_TOPICS)},
        sentence=_TEXT,
        cites=_list(_said(_TEXT, "source#passage")),
        **parts,
        optional=optional,
    )


def _alert() -> Schema:
    return _spoken(
        "alerts",
        layer={"enum": list(LAYERS)},
        urgency={"enum": list(URGENCIES)},
        advice=_TEXT,
        facts=_facts(),
        events=_list(_TEXT),
        provisional=_said({"const": True}, "A source could not be read in full"),
        optional=("provisional",),
    )


def _task() -> Schema:
    nothing: Schema = {"type": "null"}
    return _spoken(
        "due",
        layer={"enum": list(LAYERS)},
        task=_TEXT,
        opens={"anyOf": [_INSTANT, nothing]},
        due={"anyOf": [_DAY, nothing]},
        closes={"anyOf": [_INSTANT, nothing]},
        events=_list(_TEXT),
        provisional=_said({"const": True}, "A source could not be read in full"),
        optional=("provisional",),
    )


def _timeline() -> Schema:
    weeks: Schema = {"anyOf": [{"type": "integer"}, {"type": "null"}]}
    return _object(
        week=_said(weeks, "Week of treatment, the first is 1"),
        weeks_after_stop=_said(weeks, "Whole weeks since the stop"),
        phase={"enum": sorted(each.names for each in rules().values() if each.effect == "phase")},
        sentence=_TEXT,
        expect=_list(_spoken("expect")),
        tips=_list(_spoken("tips")),
    )


def _window() -> Schema:
    because = _said(_TEXT, "The id of the event that opened it")
    return _object(what={"const": "dispense"}, opens=_INSTANT, closes=_INSTANT, because=because)


def _facts() -> Schema:
    """Every fact of the data dictionary; one that is not known is left out."""
    return {
        "type": "object",
        "properties": {name_read(each.name): _fact(each) for each in columns()},
    }


def _fact(column: Column) -> Schema:
    kind: Schema = {"type": "integer"}
    if column.unit == "yes/no":
        kind = {"type": "boolean"}
    elif column.unit == "mask of topics":
        kind = _list({"enum": list(HISTORY_TOPICS)})
    elif column.unit.startswith("code "):
        code = next(each for each in _CODES if each.__name__ == column.unit.removeprefix("code "))
        kind = {"enum": [codes.word(each) for each in code]}
    elif column.unit == "day":
        kind = _DAY
    if column.unit in LARGER:
        kind = {"type": "number"}
    unit = f" ({column.unit})" if kind == {"type": "integer"} else ""
    return _said(kind, f"{column.says}{unit}")


def _object(*, optional: tuple[str, ...] = (), **properties: Schema) -> Schema:
    required = [name for name in properties if name not in optional]
    return {**_every(properties), "required": required}


def _every(properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "required": list(properties)}


def _closed(properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _said(schema: Schema, description: str) -> Schema:
    return {**schema, "description": description}
