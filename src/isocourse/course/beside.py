"""What stands beside the verdicts: alerts, what is due, and where in the course the patient is."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, time

from isocourse.course.answers import Alert, Task, Timeline, Tip
from isocourse.course.edition import InForce
from isocourse.course.speaking import Said
from isocourse.course.windows import windows
from isocourse.course.wording import filled, shown
from isocourse.facts import Asked, Established
from isocourse.rules.book import HARMS, URGENCIES
from isocourse.rules.reading import Reading
from isocourse.words.days import as_date

_LAST_MINUTE = time(23, 59)
_DAYS_IN_A_WEEK = 7
_LAST = "9999"


def alerts(rules: InForce, known: Established, said: Said) -> tuple[Alert, ...]:
    """The alerts that are raised: the most urgent first, and of those what does harm."""
    raised = [_alert(each, known) for each in _speaking(rules.beside["alerts"], said)]
    return tuple(sorted(raised, key=_how_pressing))


def _how_pressing(alert: Alert) -> tuple[int, int]:
    harm = HARMS.index(alert.topic) if alert.topic in HARMS else len(HARMS)
    return URGENCIES.index(alert.urgency), harm


def due(rules: InForce, known: Established, said: Said, asked: Asked) -> tuple[Task, ...]:
    """What is due, by the day on which it is; what has no day comes last."""
    tasks = [_task(each, known, asked) for each in _speaking(rules.beside["due"], said)]
    tasks = [_with_window(each, rules, known, asked) for each in tasks]
    return tuple(sorted(tasks, key=lambda each: each.due.isoformat() if each.due else _LAST))


def timeline(rules: InForce, known: Established, said: Said) -> Timeline:
    """The phase of the course with what is normal in it, and the tips that apply now."""
    facts = known.facts
    phase = next(_speaking(rules.beside["phase"], said))
    return Timeline(
        week=_week(facts["days_since_start"]) if not facts["stopped"] else None,
        weeks_after_stop=_whole_weeks(facts["days_since_stop"]),
        phase=phase.rule.names,
        sentence=_tip(phase, facts).sentence,
        expect=tuple(_tip(each, facts) for each in _speaking(rules.beside["expect"], said)),
        tips=tuple(_tip(each, facts) for each in _speaking(rules.beside["tips"], said)),
    )


def _speaking(readings: Iterable[Reading], said: Said) -> Iterator[Reading]:
    """Those whose condition is known to hold, and that no exception silences."""
    return (each for each in readings if each.rule.name in said)


def _alert(reading: Reading, known: Established) -> Alert:
    rule, facts = reading.rule, known.facts
    return Alert(
        rule=rule.name,
        topic=rule.topic,
        layer=reading.layer,
        urgency=rule.urgency,
        sentence=filled(rule.says, reading, facts),
        advice=filled(rule.advice, reading, facts),
        cites=reading.cites,
        facts=shown((name, facts[name]) for name in sorted(reading.facts)),
        events=_behind(reading, known),
        provisional=reading.provisional,
    )


def _task(reading: Reading, known: Established, asked: Asked) -> Task:
    rule = reading.rule
    opens, day, closes = reading.days(known.facts)
    return Task(
        task=rule.names,
        topic=rule.topic,
        layer=reading.layer,
        sentence=filled(rule.says, reading, known.facts),
        opens=_at(asked, opens, time.min),
        due=None if day is None else as_date(asked.day + day),
        closes=_at(asked, closes, _LAST_MINUTE),
        rule=rule.name,
        cites=reading.cites,
        events=_behind(reading, known),
        provisional=reading.provisional,
    )


def _with_window(task: Task, rules: InForce, known: Established, asked: Asked) -> Task:
    """A hand-over closes to the minute with its window, whose clock may be the registry's."""
    if task.task != "hand_over":
        return task
    closing = [each.closes for each in windows(rules, known, asked)]
    return replace(
        task, closes=min([*closing, *([task.closes] if task.closes else [])], default=None)
    )


def _at(asked: Asked, day: int | None, hour: time) -> datetime | None:
    return None if day is None else datetime.combine(as_date(asked.day + day), hour, asked.zone)


def _behind(reading: Reading, known: Established) -> tuple[str, ...]:
    """The events behind the facts that a rule reads."""
    ids = known.event_ids
    return tuple(dict.fromkeys(ids[name] for name in sorted(reading.facts) if name in ids))


def _tip(reading: Reading, facts: Mapping[str, int | None]) -> Tip:
    rule = reading.rule
    return Tip(rule.name, rule.topic, filled(rule.says, reading, facts), reading.cites)


def _week(days: int | None) -> int | None:
    """The week of treatment; the first seven days are week 1."""
    return None if days is None else days // _DAYS_IN_A_WEEK + 1


def _whole_weeks(days: int | None) -> int | None:
    return None if days is None else days // _DAYS_IN_A_WEEK
