"""The front door: one course at one moment, assessed under the rules then in force."""

from collections.abc import Container
from datetime import date, datetime
from zoneinfo import ZoneInfo

import numpy as np

from isocourse.course.answers import Answer, Assessment, Reason
from isocourse.course.beside import alerts, due, timeline
from isocourse.course.dosing.answer import dose
from isocourse.course.earlier import carried_over, last_dose
from isocourse.course.edition import InForce, rules_in_force
from isocourse.course.not_looked_at import not_looked_at
from isocourse.course.settings import DEFAULT, Settings
from isocourse.course.speaking import said_by
from isocourse.course.stages import stage
from isocourse.course.verdicts import verdict
from isocourse.course.windows import windows
from isocourse.course.wording import shown
from isocourse.events import Course
from isocourse.facts import Asked, Established, Log, Moment, establish, known_by, local_day, log_of
from isocourse.facts.records import PATIENT
from isocourse.words.codes import NULL
from isocourse.words.days import as_date, day_number
from isocourse.words.places import REGISTRY_ZONES

_NOT_APPLICABLE = Answer("not_applicable")
_ELIGIBILITY = {"allowed": "eligible", "blocked": "not_eligible", "unknown": "unknown"}


def assess(
    course: Course,
    at: date | datetime,
    *,
    known_at: date | datetime | None = None,
    settings: Settings = DEFAULT,
) -> Assessment:
    """The assessment of a course on a day or at an instant.

    `known_at` leaves out what was recorded later. Raises NoValue for a day before the first one
    whose rules are known. Nothing is read from the clock.
    """
    for moment in (at, known_at):
        _with_offset(moment)
    asked = asked_of(course, at)
    rules = rules_in_force(course.place, as_date(asked.day), settings)
    log, known = facts_of(course, asked, known_at, rules)
    said = said_by(rules, known)
    answers = {action: verdict(each, known, said) for action, each in rules.readings.items()}
    eligibility = answers.pop("eligibility")
    may_start = answers["start"].verdict == "allowed"
    return Assessment(
        course_id=course.course_id,
        place=course.place,
        at=at,
        known_at=known_at,
        settings=settings.name,
        rules_in_force=rules.sources,
        stage=stage(known, may_start, rules.value("stopping.contraception_days")),
        actions=_applicable(answers, known),
        eligibility=Answer(_ELIGIBILITY[eligibility.verdict], eligibility.reasons),
        alerts=alerts(rules, known, said),
        due=due(rules, known, said, asked),
        windows=windows(rules, known, asked),
        dose=dose(known.facts, rules.dosing, asked.day),
        timeline=timeline(rules, known, said),
        facts=shown(known.facts.items()),
        not_looked_at=not_looked_at(log, rules),
    )


def answered(
    course: Course, at: Moment, action: str, settings: Settings = DEFAULT
) -> tuple[Answer, Established]:
    """The answer to one action as `assess` gives it, and the facts, without everything beside."""
    _with_offset(at)
    rules, known = standing(course, at, settings)
    found = {action: verdict(rules.readings[action], known, said_by(rules, known))}
    return _applicable(found, known)[action], known


def reasons_of(
    course: Course, at: Moment, action: str, topics: Container[str], settings: Settings = DEFAULT
) -> tuple[Reason, ...]:
    """What the rules of some topics alone hold against an action."""
    _with_offset(at)
    rules, known = standing(course, at, settings)
    asked = [each for each in rules.readings[action] if each.rule.topic in topics]
    return verdict(asked, known, said_by(rules, known)).reasons


def _with_offset(moment: Moment | None) -> None:
    if isinstance(moment, datetime) and moment.utcoffset() is None:
        raise ValueError(f"{moment.isoformat()} names no offset; give the time with one.")


def standing(course: Course, at: Moment, settings: Settings) -> tuple[InForce, Established]:
    """The rules in force at a moment and the facts of a course then."""
    asked = asked_of(course, at)
    rules = rules_in_force(course.place, as_date(asked.day), settings)
    return rules, facts_of(course, asked, None, rules)[1]


def asked_of(course: Course, at: Moment) -> Asked:
    """The moment asked about, by the clocks of the course."""
    registry = REGISTRY_ZONES.get(course.place)
    return Asked(at, course.zone, ZoneInfo(registry) if registry else None)


def facts_of(
    course: Course, asked: Asked, known_at: Moment | None, rules: InForce
) -> tuple[Log, Established]:
    """What the record tells at the moment asked."""
    table = rules.table
    known = known_by(known_at, course.zone)
    earlier = list(carried_over(course))
    carried = frozenset(e.id for e in earlier)
    events = [*earlier, *course.events]
    log = log_of(events, asked, known, table.names, table.accepted, carried)
    ended = last_dose(course, asked, known)
    patient = np.zeros(1, dtype=PATIENT)
    patient["birth_day"] = day_number(course.patient.birth_date)
    patient["asked_day"] = asked.day
    patient["asked_registry_day"] = asked.registry_day
    patient["earlier_course"] = ended is not None
    patient["earlier_last_day"] = NULL if ended is None else ended
    return log, establish(log, patient, table.record, table.class_of)


def _applicable(answers: dict[str, Answer], known: Established) -> dict[str, Answer]:
    """No question of a first dose once treatment has begun, nor of handing over nothing."""
    if known.facts["begun"]:
        answers["start"] = _NOT_APPLICABLE
    if not known.facts["prescription_open"]:
        answers["dispense"] = _NOT_APPLICABLE
    return answers


def day_asked(course: Course, at: Moment) -> date:
    """The local day of a moment at the place of a course."""
    return as_date(local_day(at, course.zone))
