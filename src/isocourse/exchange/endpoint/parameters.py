"""What is served and by what it is searched: one table, from which the server says what it can."""

from collections.abc import Mapping
from typing import NamedTuple


class Parameter(NamedTuple):
    """A search parameter of FHIR R4, with the elements in which it looks."""

    name: str
    kind: str  # token, date, reference, string
    elements: tuple[str, ...]


def _token(name: str, *elements: str) -> Parameter:
    return Parameter(name, "token", elements or (name,))


def _date(name: str, *elements: str) -> Parameter:
    return Parameter(name, "date", elements)


PATIENT = Parameter("patient", "reference", ("subject", "patient", "for"))
COMMON = (_token("_id", "id"), _date("_lastUpdated", "meta.lastUpdated"))
_STATUS, _CODE = _token("status"), _token("code")

SERVED: Mapping[str, tuple[Parameter, ...]] = {
    "Patient": (
        _token("identifier"),
        _date("birthdate", "birthDate"),
        _token("gender"),
        Parameter("name", "string", ("name",)),
    ),
    "EpisodeOfCare": (PATIENT, _token("identifier"), _STATUS),
    "Observation": (
        PATIENT,
        _CODE,
        _token("category"),
        _date("date", "effectiveDateTime"),
        _STATUS,
    ),
    "Condition": (
        PATIENT,
        _CODE,
        _token("clinical-status", "clinicalStatus"),
        _date("onset-date", "onsetDateTime"),
        _date("recorded-date", "recordedDate"),
    ),
    "AllergyIntolerance": (PATIENT, _CODE, _token("clinical-status", "clinicalStatus")),
    "Encounter": (PATIENT, _token("class"), _date("date", "period"), _STATUS),
    "Consent": (PATIENT, _token("category"), _date("date", "dateTime"), _STATUS),
    "DocumentReference": (PATIENT, _date("date", "date"), _STATUS),
    "MedicationRequest": (
        PATIENT,
        _token("identifier"),
        _token("code", "medicationCodeableConcept"),
        _date("authoredon", "authoredOn"),
        _STATUS,
    ),
    "MedicationDispense": (
        PATIENT,
        _token("code", "medicationCodeableConcept"),
        _date("whenhandedover", "whenHandedOver"),
        _STATUS,
    ),
    "MedicationStatement": (
        PATIENT,
        _token("code", "medicationCodeableConcept"),
        _date("effective", "effectivePeriod"),
        _STATUS,
    ),
    "Basic": (PATIENT, _CODE, _date("created", "created")),
    "GuidanceResponse": (PATIENT,),
    "DetectedIssue": (PATIENT, _CODE, _date("identified", "identifiedDateTime")),
    "Task": (PATIENT, _CODE, _date("period", "executionPeriod"), _STATUS),
}
"""By type, the parameters of its search beside those that every type has."""

OF_TODAY = frozenset({"GuidanceResponse", "DetectedIssue", "Task"})
"""Types that are worked out anew by each assessment, and are those of today only."""


def parameters(kind: str) -> dict[str, Parameter]:
    """Everything by which a type is searched."""
    return {each.name: each for each in (*COMMON, *SERVED[kind])}
