"""Invented courses: `courses()` makes any valid course file as a dict, of every kind of event.

`course_with` and `an_event` make the plain ones that the sentences of these tests are about.
"""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from isocourse.events import BadCourse, read_course
from isocourse.words import tokens, units

File = dict[str, Any]
TODAY = date(2031, 1, 1)  # after everything that is invented here
FIRST, LAST = date(2024, 1, 1), date(2029, 12, 31)
BIRTHS = (date(1950, 1, 1), date(2015, 12, 31))

# Whole courses are large: fewer of them than of smaller things, in a long run more of each.
fewer = settings(
    max_examples=max(1, settings.default.max_examples * 3 // 10),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def course_with(*events: File, **changes: Any) -> File:
    """A plain course file with these events; keys given change the file, None removes a key."""
    file = {
        "format": "isocourse.course/1",
        "course_id": "demo-001",
        "place": "us",
        "patient": {"birth_date": "2002-04-17", "sex": "female"},
        "events": list(events),
    } | changes
    return {key: value for key, value in file.items() if value is not None}


def an_event(kind: str, id: str = "e1", at: str = "2026-10-01", **said: Any) -> File:
    """A plain event of a kind."""
    return {"id": id, "at": at, "kind": kind, **said}


def refusal_of(file: File | str | bytes) -> str:
    """The sentences with which a file is refused."""
    with pytest.raises(BadCourse) as caught:
        read_course(file if isinstance(file, str | bytes) else json.dumps(file), "demo.json")
    assert caught.value.problems
    assert "pydantic" not in str(caught.value)
    return str(caught.value)


def _days(first: date = FIRST, last: date = LAST) -> st.SearchStrategy[str]:
    return st.dates(first, last).map(date.isoformat)


def _one(words: tuple[str, ...]) -> st.SearchStrategy[str]:
    return st.sampled_from(words)


def _moments() -> st.SearchStrategy[str]:
    clock = st.builds(
        "{}T{:02}:{:02}{}".format,
        _days(),
        st.integers(0, 23),
        st.integers(0, 59),
        st.sampled_from(("Z", "+00:00", "-05:00", "+0530", "+14", ":07.5+01:00")),
    )
    return _days() | clock


yes_no = st.booleans()
_letters = st.text("abcxyz09ßéœα_.-", max_size=8)
words = _one(("lupus", "acne 2", "st john's wort", "co-trimoxazole", "β-carotene", "a/b")) | (
    st.builds("{}{}".format, _one(("a", "z", "0", "é")), _letters)
)
texts = st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=30)
ids = st.text(st.characters(exclude_categories=("Cc", "Cs", "Z")), min_size=1, max_size=12)


def _between(low: float, high: float) -> st.SearchStrategy[float | int]:
    return st.floats(low, high) | st.integers(int(low) + 1, int(high))


def _said(required: File | None = None, **optional: st.SearchStrategy[Any]) -> Any:
    """The keys of an event beyond the common ones: all required and any of the optional."""
    return st.fixed_dictionaries(required or {}, optional=optional)


def _weights() -> Any:
    kilograms = _said({"value": _between(15, 300), "unit": st.just("kg")})
    return kilograms | _said({"value": _between(34, 661), "unit": st.just("lb")})


def _labs() -> Any:
    def of(test: str) -> Any:
        unit = st.sampled_from(list(units.LAB_FACTORS[test]))
        value = _between(0.5, 15)
        required = {"test": st.just(test), "unit": unit, "value": value}
        return _said(required, upper_limit=value, fasting=yes_no)

    return _one(tokens.LAB_TESTS).flatmap(of)


def _questionnaires() -> Any:
    phq = _said(
        {"instrument": st.just("phq-9"), "score": st.integers(3, 27)}, item_9=st.integers(0, 3)
    )
    other = _said({"instrument": _one(tokens.INSTRUMENTS), "score": st.integers(5, 6)})
    return phq | other


def _contraception() -> Any:
    one = _said({"method": _one(tokens.METHODS), "since": _days()})
    methods = _said({"methods": st.lists(one, min_size=1, max_size=3)}, abstinence=st.just(False))
    return methods | _said({"abstinence": st.just(True)}, agreed_by_prescriber=yes_no)


def _comprehension() -> Any:
    entered = st.lists(_one(tokens.METHODS), min_size=1, max_size=3) | st.just(["abstinence"])
    return _said({"passed": yes_no}, contraception=entered)


def _severities() -> Any:
    whole = _said({"scale": _one(("iga", "gags", "gea")), "score": st.integers(0, 4)})
    return whole | _said({"scale": st.just("leeds"), "score": st.floats(0, 12)})


_milligrams = st.sampled_from((5, 10, 16.5, 20, 25, 30, 32, 40)) | st.floats(0.001, 100)
_count = st.integers(1, 2000)
_strengths = st.lists(_said({"mg": _milligrams, "quantity": _count}), min_size=1, max_size=3)


def _capsules() -> Any:
    return _said(capsule_mg=_milligrams, quantity=_count) | _said({"capsules": _strengths})


def _dispensed(prescription: st.SearchStrategy[str]) -> Any:
    said = _said({"prescription_id": prescription, "days": st.integers(1, 366)})
    return st.builds(dict.__or__, said, _capsules())


def _prescriptions() -> Any:
    dose = {"daily_dose": st.floats(0.001, 300), "unit": st.just("mg/day")}
    optional = {
        "certified_on": _days(),
        "doses_per_day": st.integers(1, 6),
        "refills": st.integers(0, 99),
        "formulation": _one(tokens.FORMULATIONS),
        "product": _one(("claravis", "absorica ld", "roaccutane 20 mg")),
        "role": _one(tokens.ROLES) | words,
    }
    cycle = st.sampled_from(({}, {"days_on": 1, "cycle_days": 2}, {"days_on": 7, "cycle_days": 7}))
    return st.builds(
        lambda *parts: {key: value for part in parts for key, value in part.items()},
        _dispensed(st.just("rx")),
        st.fixed_dictionaries(dose, optional=optional),
        cycle,
    )


_number = {"number": ids}
_names_rx = _said({"prescription_id": _one(("rx-0", "rx-1", "rx-other"))})

SAID: dict[str, Any] = {
    "pregnancy_category": _said(
        {"can_become_pregnant": yes_no}, reason=_one(tokens.CATEGORY_REASONS)
    ),
    "diagnosis": _said({"severity": _one(tokens.SEVERITIES)}, scarring=yes_no, distress=yes_no),
    "prior_treatment": _said(
        {"treatment": _one(tokens.TREATMENTS), "outcome": _one(tokens.OUTCOMES)},
        weeks=_between(0, 2000),
        cumulative_mg_per_kg=_between(0, 2000),
    ),
    "condition": _said(
        {"condition": _one(tokens.CONDITIONS) | words, "status": _one(tokens.CONDITION_STATUSES)}
    ),
    "allergy": _said({"substance": _one(tokens.SUBSTANCES) | words}),
    "medicine": _said(
        {"name": words, "status": _one(tokens.MEDICINE_STATUSES)}, route=_one(tokens.ROUTES)
    ),
    "history_review": _said(
        {"topics": st.lists(_one(tokens.HISTORY_TOPICS), min_size=1, max_size=5)}
    ),
    "weight": _weights(),
    "enrolment": _said({"who": _one(tokens.ENROLLED), "active": yes_no}),
    "consent": _said({"form": _one(tokens.CONSENT_FORMS)}, by_guardian=yes_no),
    "counselling": _said(topics=st.lists(texts, max_size=3)),
    "comprehension": _comprehension(),
    "menses": _said(),
    "cycle": _said({"regular": yes_no}),
    "pregnancy_test": _said(
        {
            "result": _one(tokens.TEST_RESULTS),
            "specimen": _one(tokens.SPECIMENS),
            "setting": _one(tokens.SETTINGS),
        },
        falsification_safeguard=yes_no,
    ),
    "contraception": _contraception(),
    "lesions": _said(
        comedones=st.integers(0, 1000),
        papules_pustules=st.integers(0, 1000),
        nodules=st.integers(0, 1000),
    ),
    "severity": _severities(),
    "lab": _labs(),
    "questionnaire": _questionnaires(),
    "mental_health": _said({"assessed": yes_no, "concern": _one(tokens.MENTAL_CONCERNS)}),
    "sexual_function": _said({"assessed": yes_no, "concern": yes_no}),
    "symptom": _said({"symptom": _one(tokens.SYMPTOMS) | words, "grade": st.integers(1, 4)}),
    "visit": _said({"mode": _one(tokens.VISIT_MODES)}, role=_one(tokens.ROLES) | words),
    "prescriber_agreement": _said({"prescriber": ids, "role": _one(tokens.ROLES)}),
    "prescription": _prescriptions(),
    "authorisation": _said(
        _number, prescription_id=_one(("rx-0", "rx-1")), do_not_dispense_after=_days()
    ),
    "authorisation_reversed": _said(_number),
    "cancel": _names_rx,
    "return_to_stock": _names_rx,
    "dispense": _dispensed(_one(("rx-0", "rx-1"))),
    "taken": _said(
        {"daily_dose": _between(0, 300), "unit": st.just("mg/day")},
        until=st.just((LAST + timedelta(days=2)).isoformat()),
    ),
    "patient_report": _said({"what": _one(tokens.REPORTS)}, count=st.integers(0, 1000)),
    "document": _said(
        {
            "ref": texts.filter(bool),
            "sha256": st.text("0123456789abcdefAF", min_size=64, max_size=64),
        },
        title=texts,
    ),
    "relapse": _said({"definition": _one(tokens.RELAPSE_DEFINITIONS)}),
    "stop": _said({"reason": _one(tokens.STOP_REASONS)}),
    "restart": _said(),
    "pregnancy": _said(),
}
"""What an event of each kind may say beyond the common keys; a retract names another event."""

extensions = st.dictionaries(
    st.sampled_from(("x-ward", "x-ehr")),
    st.none() | st.integers(-9, 9) | texts | st.lists(st.floats(-9, 9), max_size=2),
    max_size=2,
)
_common = st.fixed_dictionaries(
    {},
    optional={
        "recorded_at": _moments(),
        "by": _said({"role": _one(tokens.ROLES)}, name=texts),
        "note": texts,
    },
)


@st.composite
def events(draw: st.DrawFn, kinds: tuple[str, ...] = tuple(SAID)) -> File:
    """One valid event of one of the kinds, but for an id that is unique in its file."""
    kind = draw(st.sampled_from(kinds))
    said = draw(SAID[kind])
    return {"at": draw(_moments()), "kind": kind} | said | draw(_common) | draw(extensions)


@st.composite
def _logs(draw: st.DrawFn, mark: str, most: int) -> list[File]:
    held = draw(st.lists(events(), max_size=most))
    for number, event in enumerate(held):
        event["id"] = f"{mark}{number}"
        if event["kind"] == "prescription":
            event["prescription_id"] = f"{mark}rx-{number}"
    names = [event["id"] for event in held]
    taken_back = draw(st.lists(st.sampled_from(names), max_size=2)) if names else []
    for number, name in enumerate(taken_back):
        held.append(an_event("retract", f"{mark}r{number}", draw(_moments()), event=name))
    return draw(st.permutations(held))


def _head(place: str, mark: str) -> File:
    return {"format": tokens.COURSE_FORMAT, "course_id": f"{mark}course", "place": place}


@st.composite
def courses(draw: st.DrawFn, most_events: int = 8) -> File:
    """A valid course file as a dict: any place, any kinds, some with an earlier course."""
    place = draw(st.sampled_from(tokens.PLACES))
    file = _head(place, "") | {
        "patient": {"birth_date": draw(_days(*BIRTHS)), "sex": draw(_one(tokens.SEXES))},
        "events": draw(_logs("e", most_events)),
    }
    if draw(st.booleans()):
        file["time_zone"] = draw(st.sampled_from(("UTC", "America/Denver", "Asia/Kolkata")))
    if draw(st.booleans()):
        file["earlier_courses"] = [_head(place, "old-") | {"events": draw(_logs("old-", 3))}]
    return file | draw(extensions)
