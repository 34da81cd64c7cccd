"""Invented courses of a registry: some hundreds of stories, from which a million are made.

Nobody's record: they look like the courses of a registry, each month as its programme asks, with
what goes wrong now and then. For measuring and for showing.
"""

import random
from collections.abc import Iterator
from typing import Any

Entry = dict[str, Any]
LENGTH = 40
"""Entries of each story."""
MONTH = 30
ROLE = "dermatologist"
_LEAD = 35  # days from the first test to the second, so that the second falls within menses or not
_FORMS = {
    "us": ("general", "birth_defects"),
    "fr": ("general", "care_agreement"),
    "it": ("general",),
    "in": ("general",),
}
_METHODS = (
    (("copper_iud", -400), ("male_condom", -400)),
    (("implant", -90), ("male_condom", -90)),
    (("combined_pill", -60), ("male_condom", -60)),
    (("hormonal_ius", -700), ("male_condom", -30)),
    (("progestogen_only_pill", -40),),
)


def stories(seed: int, of_each: int) -> Iterator[tuple[str, str, list[Entry]]]:
    """Place, sex and the entries of each story, with days counted from its beginning."""
    for place in ("us", "uk", "eu", "de", "fr", "it", "in"):
        for sex in ("female", "male"):
            for nth in range(of_each):
                chance = random.Random(f"{seed} {place} {sex} {nth}")  # noqa: S311
                yield place, sex, story(place, sex, chance)


def story(place: str, sex: str, chance: random.Random) -> list[Entry]:
    """One course of LENGTH entries in the order of their days."""
    entries = list(_opening(place, sex, chance))
    month = 0
    while len(entries) < LENGTH:
        entries += _month(place, sex, month, chance)
        month += 1
    entries = entries[:LENGTH]
    return [{"order": number, **entry} for number, entry in enumerate(entries)]


def _opening(place: str, sex: str, chance: random.Random) -> Iterator[Entry]:
    """What is recorded before the first prescription."""
    able = sex == "female"
    reason = {} if able else {"code": "cisgender_male"}
    yield {"day": 0, "kind": "pregnancy_category", "yes": able, **reason}
    yield {"day": 0, "kind": "visit", "code": "in_person", "role": ROLE}
    severity = chance.choice(("moderate", "severe", "nodular", "conglobate"))
    yield {"day": 0, "kind": "diagnosis", "code": severity, "yes": chance.random() < 0.5}
    for tried in ("oral_antibiotic", "topical"):
        outcome = "failed" if chance.random() < 0.9 else "cleared"
        yield {"day": 0, "kind": "prior_treatment", "code": tried, "status": outcome}
    yield {"day": 0, "kind": "history_review", "words": ["conditions", "allergies", "medicines"]}
    yield from _health(0, chance)
    for form in _FORMS.get(place, ("acknowledgement_of_risk",)):
        yield {"day": 0, "kind": "consent", "code": form}
    if place == "us":
        for who in ("patient", "prescriber", "pharmacy"):
            yield {"day": 0, "kind": "enrolment", "code": who, "yes": True}
    if able:
        methods = [{"method": m, "since": s} for m, s in chance.choice(_METHODS)]
        yield {"day": 0, "kind": "contraception", "methods": methods}
        yield {"day": 0, "kind": "cycle", "yes": chance.random() < 0.6}
        yield _test(0, chance)
    if chance.random() < 0.1:
        yield {
            "day": 0,
            "kind": "condition",
            "code": "depression",
            "status": "active",
            "by_role": ROLE,
        }
    if chance.random() < 0.1:
        name = chance.choice(("doxycycline", "vitamin a", "paracetamol", "ibuprofen"))
        yield {"day": 0, "kind": "medicine", "code": name, "status": "started"}


def _health(day: int, chance: random.Random) -> Iterator[Entry]:
    """Weight, blood and mind."""
    yield {"day": day, "kind": "weight", "value": 60.0, "unit": "kg"}
    for test, value in (("alt", 18.0), ("triglycerides", 1.2)):
        unit, limit = ("U/L", {"upper_limit": 40.0}) if test == "alt" else ("mmol/L", {})
        high = 4 if chance.random() < 0.02 else 1
        yield {
            "day": day,
            "kind": "lab",
            "code": test,
            "value": value * high,
            "unit": unit,
            **limit,
        }
    yield _mind(day, chance)


def _mind(day: int, chance: random.Random) -> Entry:
    concern = "none" if chance.random() < 0.97 else chance.choice(("low_mood", "suicidal_thoughts"))
    return {
        "day": day,
        "kind": "mental_health",
        "yes": True,
        "code": concern,
        "by_role": ROLE,
    }


def _test(day: int, chance: random.Random) -> Entry:
    result = "negative" if chance.random() < 0.995 else chance.choice(("positive", "invalid"))
    setting = "clinic" if chance.random() < 0.95 else "home"
    return {
        "day": day,
        "kind": "pregnancy_test",
        "code": result,
        "specimen": "urine",
        "status": setting,
    }


def _month(place: str, sex: str, month: int, chance: random.Random) -> Iterator[Entry]:
    """A month of treatment: tested, seen, prescribed, handed over."""
    day = _LEAD + month * MONTH + chance.choice((0, 0, 0, 1, 5))
    name, able = f"rx{month}", sex == "female"
    if able and chance.random() < 0.95:
        if chance.random() < 0.5:
            yield {"day": day - 1, "kind": "menses"}
        yield _test(day, chance)
    if chance.random() < 0.97:
        mode = "in_person" if chance.random() < 0.8 else "remote"
        yield {"day": day, "kind": "visit", "code": mode, "role": ROLE}
    yield _mind(day, chance)
    if month % 2:
        yield {"day": day, "kind": "weight", "value": 60.0, "unit": "kg"}
    if chance.random() < 0.7:
        symptom = chance.choice(("cheilitis", "dry_skin", "dry_eyes", "headache", "myalgia"))
        yield {"day": day, "kind": "symptom", "code": symptom, "grade": chance.choice((1, 1, 2))}
    if place == "us":
        yield {"day": day, "kind": "counselling"}
        if able:
            yield {"day": day, "kind": "comprehension", "yes": True, "words": ["male_condom"]}
    yield _prescription(day, name, chance)
    if place == "us":
        yield {"day": day, "kind": "authorisation", "number": name, "prescription_id": name}
    if chance.random() < 0.97:
        later = day + chance.choice((0, 1, 3, 6, 8))
        yield {"day": later, "kind": "dispense", "prescription_id": name, "days": MONTH}
    if month > 3 and chance.random() < 0.1:
        yield {"day": day + 10, "kind": "stop", "code": chance.choice(("clear", "side_effect"))}


def _prescription(day: int, name: str, chance: random.Random) -> Entry:
    return {
        "day": day,
        "kind": "prescription",
        "prescription_id": name,
        "value": float(chance.choice((20, 30, 40, 60))),
        "unit": "mg/day",
        "days": MONTH,
        "doses_per_day": 2,
        "capsule_mg": 20.0,
        "quantity": 60,
        "code": "conventional",
        "role": ROLE,
    }
