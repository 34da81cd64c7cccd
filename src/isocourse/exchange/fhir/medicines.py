"""Which medicine a resource is about: isotretinoin by mouth, and of what strength; or another."""

import re
from dataclasses import dataclass
from fractions import Fraction

from isocourse.exchange.fhir.amounts import milligrams
from isocourse.exchange.fhir.codes import names, row_of
from isocourse.exchange.fhir.looking import Json, all_words, part, parts, words
from isocourse.words.units import as_written

_STRENGTH = re.compile(r"(?<![\d.,/])(\d+(?:[.,]\d+)?)\s*mg(?!\s*/)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Medicine:
    """A medicine as a resource names it. `strength` is that of one capsule, in mg."""

    isotretinoin: bool
    name: str
    strength: Fraction | None = None
    formulation: str | None = None
    product: str | None = None


def medicine(concept: Json, resource: Json, route: str = "") -> Medicine:
    """The medicine of a concept, or of a Medication resource with that code."""
    said = " ".join(
        [all_words(concept), all_words(part(resource, "form")), *_ingredients(resource)]
    )
    row = row_of("drug", concept, "rxnorm") or _ingredient_row(resource)
    on_the_skin = row_of("not_oral", concept, "atc") is not None or names(
        "not_oral", f"{said} {route}"
    )
    if on_the_skin or not (row or names("isotretinoin", said)):
        return Medicine(False, words(concept) or " ".join(_ingredients(resource)))
    row = row or {}
    strength = Fraction(row["mg"]) if "mg" in row else _strength(resource, said)
    return Medicine(True, said, strength, row.get("formulation") or _form(said), row.get("product"))


def _form(said: str) -> str | None:
    return next((each for each in ("lidose", "micronised") if names(each, said)), None)


def _ingredients(resource: Json) -> list[str]:
    listed = (part(each, "itemCodeableConcept") for each in parts(resource, "ingredient"))
    return [said for each in listed if (said := all_words(each))]


def _ingredient_row(resource: Json) -> Json | None:
    for each in parts(resource, "ingredient"):
        row = row_of("drug", part(each, "itemCodeableConcept"), "rxnorm")
        if row:
            return row
    return None


def _strength(resource: Json, said: str) -> Fraction | None:
    """The strength that the ingredients give, else the only one that the words name."""
    for each in parts(resource, "ingredient"):
        numerator, denominator = part(each, "strength", "numerator"), part(each, "strength")
        amount = milligrams(numerator, None)
        per = part(denominator, "denominator").get("value", 1)
        if amount is not None and isinstance(per, int) and per > 0:
            return amount / per
    named = {each.replace(",", ".") for each in _STRENGTH.findall(said)}
    return as_written(float(named.pop())) if len(named) == 1 else None


def route_of(resource: Json) -> str:
    """The routes that the dosages of a resource name, in words."""
    listed = [*parts(resource, "dosageInstruction"), *parts(resource, "dosage")]
    return " ".join(all_words(part(each, "route")) for each in listed)
