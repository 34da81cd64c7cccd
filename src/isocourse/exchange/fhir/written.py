"""Each kind of event as the resource that other systems look for it in.

What FHIR has a resource for is written as that; what it has not, as an Observation or a Basic with
the word of the course file for its code.
"""

from collections.abc import Callable
from typing import Any

from isocourse.exchange.fhir.codes import table
from isocourse.exchange.fhir.looking import Json
from isocourse.exchange.fhir.spelling import (
    coding,
    concept,
    day,
    instant,
    moment,
    notes,
    ours,
    quantity,
    without_nothing,
    word,
)

Write = Callable[[Json, Json], Json]
_CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category"
_CLINICAL = "http://terminology.hl7.org/CodeSystem/condition-clinical"
_ALLERGY = "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical"


def observation(event: Json, subject: Json) -> Json:
    """An Observation with what every one has; its value is added by whoever knows it."""
    issued = instant(event["recorded_at"]) if "recorded_at" in event else None
    return without_nothing(
        {
            "resourceType": "Observation",
            "status": "final",
            "code": ours(event["kind"]),
            "subject": subject,
            "effectiveDateTime": moment(event["at"]),
            "issued": issued,
        }
        | notes(event)
    )


def _category(code: str) -> list[Json]:
    return [{"coding": [{"system": _CATEGORY, "code": code}]}]


def weight(event: Json, subject: Json) -> Json:
    """Body weight."""
    unit = {"kg": "kg", "lb": "[lb_av]"}[event["unit"]]
    return observation(event, subject) | {
        "category": _category("vital-signs"),
        "code": concept("weight", "loinc"),
        "valueQuantity": quantity(event["value"], event["unit"], unit),
    }


def _ucum(unit: str) -> str:
    """How UCUM writes a unit of a laboratory."""
    return unit.replace("^", "*")


_MOLES = "Moles"


def lab(event: Json, subject: Json) -> Json:
    """A laboratory value, under the LOINC code of its test and property."""
    unit = event["unit"]
    made = observation(event, subject) | {
        "category": _category("laboratory"),
        "code": _lab_code(event["test"], unit),
        "valueQuantity": quantity(event["value"], unit, _ucum(unit)),
    }
    if "upper_limit" in event:
        high = quantity(event["upper_limit"], unit, _ucum(unit))
        made["referenceRange"] = [{"high": high}]
    return made


def _lab_code(test: str, unit: str) -> Json:
    fits = [row for row in table()["lab"] if row["test"] == test]
    moles = [row for row in fits if (_MOLES in row["display"]) == (unit == "mmol/L")]
    row = (moles or fits)[0]
    return {"coding": [coding("loinc", row["code"], row["display"])]}


def pregnancy_test(event: Json, subject: Json) -> Json:
    """A pregnancy test with its result; where it was done stands as a component."""
    result = {"positive": ("10828004", "Positive"), "negative": ("260385009", "Negative")}
    shown = event["result"]
    value = {"coding": [coding("snomed", *result[shown])]} if shown in result else {}
    kind = "laboratory" if event["setting"] == "laboratory" else "exam"
    return observation(event, subject) | {
        "category": _category(kind),
        "code": concept("pregnancy_test", "loinc", specimen=event["specimen"]),
        "valueCodeableConcept": value | {"text": shown},
        "component": [_said("setting", event["setting"])],
    }


def _said(name: str, value: Any) -> Json:
    """One field of an event as a component."""
    held: Json = {"code": ours(name)}
    if isinstance(value, bool):
        return held | {"valueBoolean": value}
    if isinstance(value, int):
        return held | {"valueInteger": value}
    if isinstance(value, float):
        return held | {"valueQuantity": {"value": value}}
    if isinstance(value, str):
        return held | {"valueCodeableConcept": word(value)} if value.strip() else held | _EMPTY
    return held | {"valueString": _in_a_line(value)}


_EMPTY: Json = {
    "dataAbsentReason": {
        "coding": [
            {
                "system": "http://terminology.hl7.org/CodeSystem/data-absent-reason",
                "code": "unknown",
            }
        ]
    }
}


def _in_a_line(value: Any) -> str:
    if isinstance(value, dict):
        return " ".join(str(each) for each in value.values())
    return ", ".join(_in_a_line(e) if isinstance(e, dict) else str(e) for e in value) or "none"


def questionnaire(event: Json, subject: Json) -> Json:
    """The total of a questionnaire; item 9 of PHQ-9 stands as a component."""
    code = concept("questionnaire", "loinc", instrument=event["instrument"])
    made = observation(event, subject) | {
        "category": _category("survey"),
        "code": (code or ours(event["kind"])) | {"text": event["instrument"]},
        "valueInteger": event["score"],
    }
    if "item_9" in event:
        item = {"code": concept("item_9", "loinc"), "valueInteger": event["item_9"]}
        made["component"] = [item]
    return made


def menses(event: Json, subject: Json) -> Json:
    """The first day of a period."""
    said = {"code": concept("menses", "loinc"), "valueDateTime": moment(event["at"])}
    return observation(event, subject) | said


_COMMON = frozenset({"id", "at", "kind", "recorded_at", "by", "note"})


def finding(event: Json, subject: Json) -> Json:
    """What FHIR has no code for: every field of the event as a component."""
    own = {k: v for k, v in event.items() if k not in _COMMON and not k.startswith("x-")}
    components = [_said(name, value) for name, value in own.items()]
    return observation(event, subject) | without_nothing({"component": components})


def _recorded(event: Json) -> str:
    """When it was recorded; where that is not said, when it happened."""
    said: str = event.get("recorded_at") or event["at"]
    return moment(said)


def condition(event: Json, subject: Json) -> Json:
    """A disease that is present or has gone."""
    gone = event["status"] == "resolved"
    status = {"coding": [{"system": _CLINICAL, "code": event["status"]}]}
    at = moment(event["at"])
    code = word(event["condition"])
    coded = concept("condition", "snomed", word=event["condition"]).get("coding", [])
    code["coding"] = [*coded, *code.get("coding", [])]
    return without_nothing(
        {
            "resourceType": "Condition",
            "clinicalStatus": status,
            "code": without_nothing(code),
            "subject": subject,
            "recordedDate": _recorded(event),
        }
        | ({"abatementDateTime": at} if gone else {"onsetDateTime": at})
        | notes(event)
    )


def pregnancy(event: Json, subject: Json) -> Json:
    """A pregnancy that is known."""
    return condition(event | {"condition": "pregnancy", "status": "active"}, subject)


def diagnosis(event: Json, subject: Json) -> Json:
    """How severe the acne is."""
    severe = concept("severity", "snomed", word=event["severity"])
    code = concept("acne", "snomed") | {"text": f"acne, {event['severity']}"}
    made = condition(event | {"condition": "acne", "status": "active"}, subject)
    return made | {"code": code, "severity": severe | {"text": event["severity"]}}


def allergy(event: Json, subject: Json) -> Json:
    """A substance that the patient does not tolerate."""
    coded = concept("substance", "snomed", word=event["substance"]).get("coding", [])
    code = {"coding": [*coded, *word(event["substance"]).get("coding", [])]}
    return without_nothing(
        {
            "resourceType": "AllergyIntolerance",
            "clinicalStatus": {"coding": [{"system": _ALLERGY, "code": "active"}]},
            "code": without_nothing(code | {"text": event["substance"]}),
            "patient": subject,
            "recordedDate": _recorded(event),
            "onsetDateTime": moment(event["at"]),
        }
        | notes(event)
    )


def visit(event: Json, subject: Json) -> Json:
    """The patient was seen."""
    kind = {"in_person": ("AMB", "ambulatory"), "remote": ("VR", "virtual")}[event["mode"]]
    at = moment(event["at"])
    return without_nothing(
        {
            "resourceType": "Encounter",
            "status": "finished",
            "class": coding("act", *kind),
            "subject": subject,
            "period": {"start": at, "end": at},
            "serviceType": word(event["role"]) if "role" in event else None,
        }
    )


def consent(event: Json, subject: Json) -> Json:
    """A form that was signed."""
    scope = {
        "system": "http://terminology.hl7.org/CodeSystem/consentscope",
        "code": "treatment",
    }
    form = word(event["form"])
    return {
        "resourceType": "Consent",
        "status": "active",
        "scope": {"coding": [scope]},
        "category": [form],
        "patient": subject,
        "dateTime": moment(event["at"]),
        "policyRule": form,
    }


def document(event: Json, subject: Json) -> Json:
    """A photograph, a form or a letter that is kept elsewhere; its digest stays in our mark."""
    attachment = {"title": event.get("title") or event["ref"]}
    return {
        "resourceType": "DocumentReference",
        "status": "current",
        "subject": subject,
        "date": instant(event["at"]),
        "content": [{"attachment": attachment}],
    }


def act(event: Json, subject: Json) -> Json:
    """What FHIR has no resource for: enrolment, authorisation, a stop, what was taken back."""
    return {
        "resourceType": "Basic",
        "code": ours(event["kind"]),
        "subject": subject,
        "created": day(event["at"]),
    }
