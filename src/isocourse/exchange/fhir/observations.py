"""Observations: weight, blood, pregnancy tests, questionnaires, periods."""

from functools import cache
from typing import Any

from isocourse.exchange.fhir.amounts import plain, value, whole
from isocourse.exchange.fhir.codes import list_of, row_of, system, table
from isocourse.exchange.fhir.looking import (
    Json,
    all_words,
    codings,
    part,
    parts,
    text,
    words,
    yes,
)
from isocourse.exchange.fhir.making import Made, each_concept, recorded, usable_resource
from isocourse.exchange.fhir.moments import day_of, first_day, moment, said_at_all
from isocourse.exchange.fhir.telling import PREGNANCY_TEST
from isocourse.words.spelling import spelt_plainly

_WHEN = ("effectiveDateTime", "effectiveInstant", "effectivePeriod.start")
_READ = [
    "status",
    "code",
    "value",
    "valueQuantity",
    "valueCodeableConcept",
    "valueString",
    "valueBoolean",
    "valueDateTime",
    "valueInteger",
    "interpretation",
    "referenceRange",
    "effectiveDateTime",
    "effectiveInstant",
    "effectivePeriod",
    "issued",
    "component",
    "hasMember",
]
_FINAL = ("final", "amended", "corrected")


def observation(made: Made, resource: Json) -> None:
    """Every value of an observation that rules know; the rest is told."""
    if not usable_resource(made, resource):
        return
    known = [(each, reader) for each in each_concept(resource) if (reader := _reader(each))]
    if not known:
        said = words(part(resource, "code")) or "no code"
        made.tell(resource, "code", f"a code of the mapping ({said} is none)", "see the mapping")
        return
    whole_of_it = _reader(resource) is _questionnaire  # then item 9 is a part of its score
    for each, reader in known:
        inside = whole_of_it and reader is _item_9
        if not inside and _is_final(made, each):
            reader(made, each)
    for component in parts(resource, "component"):
        if not any(part(component, "code") == part(each, "code") for each, _ in known):
            made.tell(resource, "component", "a code of the mapping in each component", "")
    made.leave(resource, *_READ)


def _is_final(made: Made, each: Json) -> bool:
    """A result that is not final is none; a pregnancy test may still have been positive."""
    if text(each, "status") in _FINAL:
        return True
    closes = _closing(each)
    made.tell(each, "status", "a result that is final", "", closes=closes, day=_day(each))
    return False


def _closing(each: Json) -> str | None:
    is_test = row_of("pregnancy_test", part(each, "code"), "loinc") is not None
    return PREGNANCY_TEST if is_test and _result(each) != "negative" else None


def _day(each: Json) -> Any:
    at = moment(each, *_WHEN, "issued")
    return day_of(at) if at else None


def _reader(each: Json) -> Any:
    return _READERS.get(list_of(part(each, "code")) or "")


def _at(made: Made, each: Json, late_is_fine: bool = True) -> str | None:
    """When it was observed. When it was only issued, it was observed by then."""
    at = moment(each, *_WHEN)
    if at is None and late_is_fine and said_at_all(each, *_WHEN) is None:
        at = moment(each, "issued")
    if at is None:
        made.tell(each, "effectiveDateTime", "a day on which it was observed", "give the day")
    return at


def _quantity(made: Made, each: Json, units: str) -> tuple[int | float, str] | None:
    """A value with a unit that its kind is measured in; anything else is told."""
    quantity = part(each, "valueQuantity")
    amount = value(quantity)
    known = table()["units"][units]
    named = [u for u in (text(quantity, "code"), text(quantity, "unit")) if u]
    unit = next((known[u] for u in named if u in known), None)
    if amount is None:
        made.tell(each, "valueQuantity", "a number that is no bound", "record the value")
    elif unit is None:
        made.tell(each, "valueQuantity", f"a unit of {', '.join(known)}", "correct the unit")
    else:
        return plain(amount), unit
    return None


def _weight(made: Made, each: Json) -> None:
    at, held = _at(made, each), _quantity(made, each, "weight")
    if at and held:
        keys = {"value": held[0], "unit": held[1], "recorded_at": recorded(each, "issued", at)}
        made.add(each, "weight", at, keys)


def _lab(made: Made, each: Json) -> None:
    row = row_of("lab", part(each, "code"), "loinc")
    at, held = _at(made, each), _quantity(made, each, "lab")
    if row is None or not at or not held:
        return
    keys = {"test": row["test"], "value": held[0], "unit": held[1]}
    keys |= {"upper_limit": _upper_limit(each, held[1])}
    made.add(each, "lab", at, keys | {"recorded_at": recorded(each, "issued", at)})


def _upper_limit(each: Json, unit: str) -> int | float | None:
    """The laboratory's upper limit, where there is one range and it is in the same unit."""
    ranges = parts(each, "referenceRange")
    high = part(ranges[0], "high") if len(ranges) == 1 else {}
    limit, named = value(high), text(high, "code") or text(high, "unit") or ""
    same = table()["units"]["lab"].get(named) == unit
    return plain(limit) if limit is not None and limit > 0 and same else None


def _result(each: Json) -> str | None:
    """What a test for presence showed; None when it cannot be told."""
    said = yes(each, "valueBoolean")
    if said is not None:
        return "positive" if said else "negative"
    concepts = [part(each, "valueCodeableConcept"), *parts(each, "interpretation")]
    codes = {coding.code for concept in concepts for coding in codings(concept)}
    found = [kind for kind in ("positive", "negative") if codes & set(table()["results"][kind])]
    worded = [all_words(concept) for concept in concepts] + [text(each, "valueString") or ""]
    found += [kind for kind in map(_in_words, worded) if kind]
    for kind in ("positive", "invalid", "negative"):  # what closes wins
        if kind in found:
            return kind
    return None


def _in_words(said: str) -> str | None:
    plain_said = spelt_plainly(said)
    for kind, words_of_it in _result_words():
        if any(word in plain_said for word in words_of_it):
            return kind
    return None


@cache
def _result_words() -> tuple[tuple[str, tuple[str, ...]], ...]:
    results = table()["results"]
    kinds = ("negative", "invalid", "positive")  # "not detected" holds "detected"
    return tuple((k, tuple(map(spelt_plainly, results[f"{k}_words"]))) for k in kinds)


def _pregnancy_test(made: Made, each: Json) -> None:
    row, result = row_of("pregnancy_test", part(each, "code"), "loinc"), _result(each)
    if row is None:
        return
    if result is None:
        expected = "positive, negative or invalid"
        made.tell(
            each, "value", expected, "record the result", closes=PREGNANCY_TEST, day=_day(each)
        )
        return
    at = _collected(made, each) if result == "negative" else _at_or_birth(made, each)
    setting = _setting(each)
    if result == "negative" and setting is None:
        expected = "where it was done: a category of laboratory"
        made.tell(each, "category", expected, "record the test with its setting")
        return
    if at:
        keys = {"result": result, "specimen": row["specimen"], "setting": setting or "home"}
        made.add(each, "pregnancy_test", at, keys | {"recorded_at": recorded(each, "issued", at)})


def _collected(made: Made, each: Json) -> str | None:
    """When the specimen was taken: its own word first; a negative test needs the day itself."""
    specimen = made.follow(each, part(each, "specimen"))
    taken = moment(specimen, "collection.collectedDateTime", "collection.collectedPeriod.start")
    return taken or _at(made, each, late_is_fine=False)


def _at_or_birth(made: Made, each: Json) -> str | None:
    """A test that is not negative counts on whichever day it was, even an uncertain one."""
    at = moment(each, *_WHEN) or moment(each, "issued") or first_day(each, *_WHEN)
    return at or (made.born.isoformat() if made.born else None)


def _setting(each: Json) -> str | None:
    kinds = {coding.code for c in parts(each, "category") for coding in codings(c)}
    return "laboratory" if "laboratory" in kinds else None


def _questionnaire(made: Made, each: Json) -> None:
    row, at = row_of("questionnaire", part(each, "code"), "loinc"), _at(made, each)
    score = whole(value(part(each, "valueQuantity")))
    score = score if score is not None else each.get("valueInteger")
    if row is None or at is None:
        return
    if not isinstance(score, int):
        made.tell(each, "valueQuantity", "a whole score", "record the questionnaire")
        return
    keys = {"instrument": row["instrument"], "score": score, "item_9": _item_inside(each)}
    made.add(each, "questionnaire", at, keys)


def _item_inside(each: Json) -> int | None:
    for component in parts(each, "component"):
        if row_of("item_9", part(component, "code"), "loinc"):
            return _answer(component)
    return None


def _menses(made: Made, each: Json) -> None:
    at = moment(each, "valueDateTime")
    if at is None:
        made.tell(each, "valueDateTime", "the first day of the period", "record the day")
    else:
        made.add(each, "menses", at, {"recorded_at": recorded(each, "issued", at)})


def _item_9(made: Made, each: Json) -> None:
    """Item 9 without the score that it belongs to: above zero it is a finding by itself."""
    at, score = _at(made, each), _answer(each)
    if score is None or score == 0:
        made.tell(each, "value", "item 9 with its score", "record the questionnaire")
    elif at:
        keys = {"assessed": True, "concern": "suicidal_thoughts"}
        made.add(each, "mental_health", at, keys)


def _answer(each: Json) -> int | None:
    scores = table()["phq_9"]["answers"]
    for coding in codings(part(each, "valueCodeableConcept")):
        if coding.system in ("", system("loinc")) and coding.code in scores:
            return int(scores[coding.code])
    found = whole(value(part(each, "valueQuantity")))
    said = each.get("valueInteger")
    return found if found is not None else said if isinstance(said, int) else None


_READERS = {
    "weight": _weight,
    "lab": _lab,
    "pregnancy_test": _pregnancy_test,
    "questionnaire": _questionnaire,
    "menses": _menses,
    "item_9": _item_9,
}
"""By the list of codes, the function that reads it."""
