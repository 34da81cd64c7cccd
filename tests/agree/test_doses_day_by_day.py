"""Crowded courses of little but capsules: the pass and the calendar agree on every dose."""

import json
from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from tests.agree.asking import examples, the_pass
from tests.agree.by_topic import dose
from tests.agree.by_topic.story import story_of
from tests.agree.logs import course_of

FIRST = date(2026, 1, 1)
LAST = 30
Event = dict[str, Any]
_DAYS = st.integers(0, LAST)


def day(number: int) -> str:
    return (FIRST + timedelta(days=number)).isoformat()


def _said(kind: str, **keys: st.SearchStrategy[Any]) -> st.SearchStrategy[Event]:
    return st.fixed_dictionaries({"kind": st.just(kind), **keys})


_NAMES = st.sampled_from(("a", "b"))
_CYCLES: list[Event] = [{}, {}, {"days_on": 1, "cycle_days": 2}, {"days_on": 2, "cycle_days": 5}]
_CAPSULES: list[Event] = [{}, {}, {"capsule_mg": 20, "quantity": 7}]
_UNIT = st.just("mg/day")


def _with(more: list[Event], event: st.SearchStrategy[Event]) -> st.SearchStrategy[Event]:
    return st.builds(lambda one, other: {**one, **other}, event, st.sampled_from(more))


_PRESCRIBED = _with(
    _CYCLES,
    _said(
        "prescription",
        daily_dose=st.sampled_from((10, 30.5)),
        unit=_UNIT,
        days=st.integers(1, 12),
        refills=st.integers(0, 2),
    ),
)
_HANDED = _said("dispense", prescription_id=_NAMES, days=st.integers(1, 9))
_TAKEN = _said("taken", daily_dose=st.sampled_from((0, 7, 20)), unit=_UNIT)
_OTHERS = st.one_of(
    _with(_CAPSULES, _HANDED),
    _with(_CAPSULES, _HANDED),
    _TAKEN,
    st.builds(lambda event, on: {**event, "for": on}, _TAKEN, st.integers(0, 6)),
    _said("stop", reason=st.just("other")),
    _said("restart"),
    _said("return_to_stock", prescription_id=_NAMES),
    _said("weight", value=st.sampled_from((60, 61.3, 90, 130)), unit=st.just("kg")),
    _said("patient_report", what=st.just("missed_doses"), count=st.integers(1, 3)),
)


@st.composite
def crowded(draw: st.DrawFn) -> Event:
    """One or two prescriptions, and up to a dozen other things in a month."""
    events = [
        {**draw(_PRESCRIBED), "prescription_id": n} for n in ("a", "b")[draw(st.integers(0, 1)) :]
    ]
    events += draw(st.lists(_OTHERS, min_size=1, max_size=12))
    for number, event in enumerate(events):
        at = draw(st.integers(0, 6) if event["kind"] == "prescription" else _DAYS)
        clock = draw(st.sampled_from(("", "", "T08:00:00Z", "T20:00:00Z")))
        event |= {"id": f"e{number}", "at": day(at) + clock}
        if "for" in event:
            event["until"] = day(at + event.pop("for"))
    return {
        "format": "isocourse.course/1",
        "course_id": "crowded",
        "place": "uk",
        "patient": {"birth_date": "2000-01-01", "sex": "male"},
        "events": events,
    }


@examples(300)
@given(crowded(), st.integers(0, LAST + 10))
def test_every_dose_is_the_same(file: Event, asked: int) -> None:
    course, at = course_of(file), date.fromisoformat(day(asked))
    slow, fast = dose.facts(story_of(course, at)), the_pass(course, at)
    assert slow == {name: fast[name] for name in slow}, json.dumps(file)
