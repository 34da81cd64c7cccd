"""Courses written to a table, asked through the batch and one by one."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from tests.agree.author import File
from tests.agree.by_topic.story import Moment

from isocourse.course import DEFAULT, Settings, assess
from isocourse.course.assessing import asked_of, facts_of
from isocourse.course.beside import _speaking
from isocourse.course.edition import rules_in_force
from isocourse.course.many.answers import ASKED, VERDICTS, rule_numbers
from isocourse.course.many.asking import At
from isocourse.course.schema import STAGES
from isocourse.course.verdicts import effect_of
from isocourse.events import Course, read_course
from isocourse.exchange.events_table.arrow import table_of
from isocourse.exchange.events_table.entries import rows_of
from isocourse.exchange.events_table.opening import open_table
from isocourse.exchange.events_table.streaming import told
from isocourse.facts import columns
from isocourse.words.codes import NULL
from isocourse.words.days import as_date

NAMES = [each.name for each in columns()]
EFFECTS = {0: None, 1: "advises", 2: "unknown", 3: "blocks"}


def named(file: File, name: str) -> Course:
    """The course of a file under another name."""
    return read_course(json.dumps({**file, "course_id": name}))


def rows(courses: Sequence[Course]) -> list[dict[str, Any]]:
    """The rows of some courses, in their order."""
    return [dict(row) for course in courses for row in rows_of(course)]


def write(path: Path, held: Sequence[dict[str, Any]], **how: Any) -> Path:
    """The rows as a Parquet file."""
    pq.write_table(table_of(held), path, **how)
    return path


def asked_in_columns(
    path: Path, at: Moment, known_at: Moment | None = None, settings: Settings = DEFAULT
) -> dict[str, dict[str, Any]]:
    """What the batch says of each course of a table, and why it was taken one by one (0: not)."""
    found: dict[str, dict[str, Any]] = {}
    for each in told(open_table(path), At(at, known_at, settings), 1):
        for n, name in enumerate(each.course_id.to_pylist()):
            of = each.answers
            values = dict(zip(NAMES, of.facts[n].tolist(), strict=True))
            found[name] = {
                "facts": {k: None if v == NULL else v for k, v in values.items()},
                "verdicts": {a: VERDICTS[of.verdicts[a][n]] for a in ASKED},
                "stage": STAGES[of.stage[n]],
                "rules": {
                    rule: EFFECTS[effect]
                    for rule, row in rule_numbers().items()
                    if (effect := int(of.effects[row, n]))
                },
                "left": int(of.left[n]),
            }
    return found


_WORDS = {"eligible": "allowed", "not_eligible": "blocked"}


def asked_alone(
    course: Course, at: Moment, known_at: Moment | None = None, settings: Settings = DEFAULT
) -> dict[str, Any]:
    """The same of one course through the front door."""
    said = assess(course, at, known_at=known_at, settings=settings)
    asked = asked_of(course, at)
    rules = rules_in_force(course.place, as_date(asked.day), settings)
    known = facts_of(course, asked, known_at, rules)[1]
    facts = known.facts
    gate = {each.rule.name: each for of in rules.readings.values() for each in of}
    beside = [each for of in rules.beside.values() for each in _speaking(of, known)]
    verdicts = {action: each.verdict for action, each in said.actions.items()}
    eligibility = said.eligibility.verdict
    effects = {name: effect_of(each, facts)[0] for name, each in gate.items()}
    effects |= {each.rule.name: "advises" for each in beside}
    return {
        "facts": facts,
        "verdicts": verdicts | {"eligibility": _WORDS.get(eligibility, eligibility)},
        "stage": said.stage,
        "rules": {name: effect for name, effect in effects.items() if effect},
    }


def differences(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """Where two answers differ: a fact, a verdict, the stage, or what a rule says."""
    found: dict[str, Any] = {}
    for part in ("facts", "verdicts", "rules"):
        for name in one[part].keys() | other[part].keys():
            both = one[part].get(name), other[part].get(name)
            if both[0] != both[1]:
                found[name] = both
    return found | (
        {"stage": (one["stage"], other["stage"])} if one["stage"] != other["stage"] else {}
    )
