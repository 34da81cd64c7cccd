"""The columns of the events table, and where each field of the course file stands in it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

FORMAT = "isocourse.events-table/1"

TEXT, DAY, INSTANT, FLAG = "text", "day", "instant", "flag"
WHOLE, NUMBER = "whole", "number"
WORDS, METHODS, CAPSULES = "words", "methods", "capsules"


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column: its type, what it holds, and whether a table must have it."""

    name: str
    type: str
    says: str
    required: bool = False


COLUMNS = (
    TableColumn("course_id", TEXT, "Names the course. Its rows stand together.", True),
    TableColumn("place", TEXT, "Whose rules hold; the same on every row of a course.", True),
    TableColumn("birth_date", DAY, "Date of birth; the same on every row of a course.", True),
    TableColumn("sex", TEXT, "FHIR administrative gender; no rule reads it."),
    TableColumn("time_zone", TEXT, "IANA time zone of the course; null: the place's own."),
    TableColumn(
        "earlier", WHOLE, "1, 2, ... for a row of an earlier course of the person; null: of this."
    ),
    TableColumn("order", WHOLE, "Names the entry within its course; no two have the same.", True),
    TableColumn("kind", TEXT, "What happened: a kind of event of the course file.", True),
    TableColumn("at", DAY, "The day it happened, as written: by the clock of its own time.", True),
    TableColumn("at_instant", INSTANT, "Its instant in UTC; null: the whole local day."),
    TableColumn("recorded_at", DAY, "The day it was recorded; null: when it happened."),
    TableColumn("recorded_instant", INSTANT, "The instant it was recorded, if one is known."),
    TableColumn("by_role", TEXT, "What the person is who recorded it."),
    TableColumn("code", TEXT, "The main word of the kind."),
    TableColumn("status", TEXT, "The second word of the kind."),
    TableColumn("role", TEXT, "The role that the kind itself names."),
    TableColumn("route", TEXT, "How a medicine is taken."),
    TableColumn("specimen", TEXT, "Urine or serum."),
    TableColumn("unit", TEXT, "The unit of `value` and `upper_limit`."),
    TableColumn("yes", FLAG, "The first yes or no of the kind."),
    TableColumn("also", FLAG, "The second yes or no of the kind."),
    TableColumn("value", NUMBER, "The number measured, or the daily dose."),
    TableColumn("upper_limit", NUMBER, "The laboratory's upper limit of normal."),
    TableColumn("score", NUMBER, "The total of a questionnaire, or the grade on a scale."),
    TableColumn("grade", WHOLE, "The grade of a symptom, or item 9 of the PHQ-9."),
    TableColumn("until", DAY, "The last day, or the day that was certified."),
    TableColumn("prescription_id", TEXT, "Names the prescription."),
    TableColumn("number", TEXT, "The registry's number, or the opaque id of a prescriber."),
    TableColumn("days", WHOLE, "Days of treatment supplied."),
    TableColumn("refills", WHOLE, "Repeats allowed."),
    TableColumn("doses_per_day", WHOLE, "Doses a day."),
    TableColumn("days_on", WHOLE, "Days of dosing within each cycle."),
    TableColumn("cycle_days", WHOLE, "Length of a cycle."),
    TableColumn("capsule_mg", NUMBER, "Strength of every capsule in mg."),
    TableColumn("quantity", WHOLE, "How many capsules of that strength; how often reported."),
    TableColumn("capsules", CAPSULES, "Several strengths, each with its number."),
    TableColumn("product", TEXT, "The product prescribed."),
    TableColumn("methods", METHODS, "Contraceptive methods, each with its first day."),
    TableColumn("words", WORDS, "The list of words of the kind: topics, or methods entered."),
    TableColumn("retracts", WHOLE, "The `order` of the entry that was recorded in error."),
    TableColumn("weeks", NUMBER, "For how many weeks something was tried before."),
    TableColumn("cumulative_mg_per_kg", NUMBER, "Total dose of isotretinoin tried before."),
    TableColumn("comedones", WHOLE, "Comedones counted."),
    TableColumn("papules_pustules", WHOLE, "Papules and pustules counted."),
    TableColumn("nodules", WHOLE, "Nodules counted."),
    TableColumn("ref", TEXT, "Where a document is kept."),
    TableColumn("sha256", TEXT, "The SHA-256 digest of a document."),
    TableColumn("title", TEXT, "What a document is."),
)
BY_NAME: Mapping[str, TableColumn] = {each.name: each for each in COLUMNS}

OF_THE_COURSE = ("course_id", "place", "birth_date", "sex", "time_zone", "earlier")
OF_EVERY_ENTRY = ("order", "kind", "at", "at_instant", "recorded_at", "recorded_instant", "by_role")
NOT_READ = frozenset(
    {
        "sex",
        "specimen",
        "weeks",
        "cumulative_mg_per_kg",
        "ref",
        "sha256",
        "title",
    }
)
"""No rule reads these: they are looked at only where a course is taken one by one."""

_SAME = ("prescription_id", "days", "capsule_mg", "quantity", "capsules")
_SUPPLY = {name: name for name in _SAME}

FIELDS: Mapping[str, Mapping[str, str]] = {
    "pregnancy_category": {"can_become_pregnant": "yes", "reason": "code"},
    "diagnosis": {"severity": "code", "scarring": "yes", "distress": "also"},
    "prior_treatment": {
        "treatment": "code",
        "weeks": "weeks",
        "outcome": "status",
        "cumulative_mg_per_kg": "cumulative_mg_per_kg",
    },
    "condition": {"condition": "code", "status": "status"},
    "allergy": {"substance": "code"},
    "medicine": {"name": "code", "status": "status", "route": "route"},
    "history_review": {"topics": "words"},
    "weight": {"value": "value", "unit": "unit"},
    "enrolment": {"who": "code", "active": "yes"},
    "consent": {"form": "code", "by_guardian": "yes"},
    "counselling": {"topics": "words"},
    "comprehension": {"passed": "yes", "contraception": "words"},
    "menses": {},
    "cycle": {"regular": "yes"},
    "pregnancy_test": {
        "result": "code",
        "specimen": "specimen",
        "setting": "status",
        "falsification_safeguard": "yes",
    },
    "contraception": {"abstinence": "yes", "agreed_by_prescriber": "also", "methods": "methods"},
    "lesions": {each: each for each in ("comedones", "papules_pustules", "nodules")},
    "severity": {"scale": "code", "score": "score"},
    "lab": {
        "test": "code",
        "value": "value",
        "unit": "unit",
        "upper_limit": "upper_limit",
        "fasting": "yes",
    },
    "questionnaire": {"instrument": "code", "score": "score", "item_9": "grade"},
    "mental_health": {"assessed": "yes", "concern": "code"},
    "sexual_function": {"assessed": "yes", "concern": "also"},
    "symptom": {"symptom": "code", "grade": "grade"},
    "visit": {"mode": "code", "role": "role"},
    "prescriber_agreement": {"prescriber": "number", "role": "role"},
    "prescription": {
        **_SUPPLY,
        "daily_dose": "value",
        "unit": "unit",
        "refills": "refills",
        "doses_per_day": "doses_per_day",
        "days_on": "days_on",
        "cycle_days": "cycle_days",
        "formulation": "code",
        "product": "product",
        "role": "role",
        "certified_on": "until",
    },
    "dispense": _SUPPLY,
    "authorisation": {
        "number": "number",
        "prescription_id": "prescription_id",
        "do_not_dispense_after": "until",
    },
    "authorisation_reversed": {"number": "number"},
    "cancel": {"prescription_id": "prescription_id"},
    "return_to_stock": {"prescription_id": "prescription_id"},
    "taken": {"daily_dose": "value", "unit": "unit", "until": "until"},
    "patient_report": {"what": "code", "count": "quantity"},
    "document": {"ref": "ref", "sha256": "sha256", "title": "title"},
    "relapse": {"definition": "code"},
    "stop": {"reason": "code"},
    "restart": {},
    "pregnancy": {},
    "retract": {"event": "retracts"},
}
"""By kind: each field of the course file, and the column in which it stands."""


@cache
def fields_in(column: str) -> tuple[tuple[str, str], ...]:
    """The kinds that use a column, each with its field."""
    return tuple(_fields_in(column))


def _fields_in(column: str) -> Iterator[tuple[str, str]]:
    for kind, fields in FIELDS.items():
        for field, where in fields.items():
            if where == column:
                yield kind, field
