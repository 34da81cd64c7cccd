"""How FHIR spells what a course holds: codes, quantities, moments, references."""

from datetime import date, datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from isocourse.events.moments import usable
from isocourse.exchange.fhir import own
from isocourse.exchange.fhir.codes import system, table
from isocourse.exchange.fhir.looking import Json

ISOTRETINOIN: Json = {
    "coding": [
        {"system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "6064"},
        {"system": "http://www.whocc.no/atc", "code": "D10BA01"},
    ],
    "text": "isotretinoin, by mouth",
}


def ours(kind: str, words: str = "") -> Json:
    """A concept of our own: the word of the course file."""
    return {
        "coding": [{"system": own.KIND, "code": kind}],
        "text": words or kind.replace("_", " "),
    }


def word(said: str) -> Json:
    """A concept that is a word of the course file; a word with spaces stands as text."""
    coded = {"coding": [{"system": own.WORD, "code": said}]} if _is_code(said) else {}
    return coded | {"text": said}


def _is_code(said: str) -> bool:
    return not any(each.isspace() for each in said)


def concept(list_name: str, system_name: str, **wanted: Any) -> Json:
    """The first code of a list whose row says this, with its display."""
    for row in table()[list_name]:
        if all(row.get(key) == value for key, value in wanted.items()):
            named = row.get("system", system_name)
            if named != "icd":
                return {"coding": [coding(named, row["code"], row["display"])]}
    return {}


def coding(system_name: str, code: str, display: str = "") -> Json:
    """A code of another system."""
    held: Json = {"system": system(system_name), "code": code}
    return held | ({"display": display} if display else {})


def quantity(value: int | float, unit: str, code: str = "") -> Json:
    """A quantity in UCUM."""
    return {"value": value, "unit": unit, "system": system("ucum"), "code": code or unit}


def moment(said: str) -> str:
    """A day, or an instant with seconds and its offset, as FHIR writes them."""
    found = usable(said)
    if isinstance(found, datetime):
        return found.isoformat()
    return found.isoformat() if isinstance(found, date) else said


def day(said: str) -> str:
    """The day that is written."""
    return moment(said)[:10]


def instant(said: str) -> str | None:
    """An instant; None for a whole day, which is none."""
    return moment(said) if isinstance(usable(said), datetime) else None


def identity(*names: object) -> str:
    """The same name for the same thing, whenever it is written."""
    return str(uuid5(NAMESPACE_URL, "\n".join(["urn:isocourse", *map(str, names)])))


def notes(event: Json) -> Json:
    """The note of an event, where a resource has a place for it."""
    return {"note": [{"text": event["note"]}]} if (event.get("note") or "").strip() else {}


def without_nothing(held: Json) -> Json:
    """A resource without what is empty."""
    return {key: value for key, value in held.items() if value not in (None, {}, [])}
