"""The mapping between FHIR and a course, from `codes.toml` and the readers and writers."""

from collections.abc import Iterator
from datetime import date

from isocourse.exchange.fhir.codes import table as held
from isocourse.exchange.hooks.queries import facts_needed, queries
from isocourse.exchange.hooks.services import SERVICES
from isocourse.words.tokens import PLACES

from .markdown import code, codes, link, page, table

_LISTS = {
    "drug": "Isotretinoin by mouth",
    "not_oral": "Isotretinoin on the skin: another medicine",
    "lab": "Laboratory values",
    "weight": "Body weight",
    "pregnancy_test": "Pregnancy tests",
    "questionnaire": "Questionnaires",
    "item_9": "Item 9 of PHQ-9",
    "menses": "First day of a period",
    "condition": "Conditions",
    "acne": "Acne: a diagnosis, with its severity",
    "severity": "Severity of acne",
    "substance": "Substances in an allergy",
    "procedure": "Operations",
    "role": "Roles, by specialty",
}
_SYSTEM = {"lab": "loinc", "weight": "loinc", "pregnancy_test": "loinc", "menses": "loinc"}
_SYSTEM |= {"questionnaire": "loinc", "item_9": "loinc"}
_PLAIN = ("code", "display", "source", "confidence", "system")

_INTO = (
    ("Patient", "`patient`; the place by `address.country`, unless `--place` names it"),
    ("MedicationRequest", "of isotretinoin `prescription` (and `cancel`), else `medicine`"),
    ("MedicationDispense", "of isotretinoin `dispense`, else `medicine`"),
    ("MedicationStatement", "of isotretinoin `taken`, else `medicine`"),
    ("Observation", "`weight`, `lab`, `pregnancy_test`, `questionnaire`, `menses`"),
    ("Condition", "`condition`; of acne `diagnosis`"),
    ("AllergyIntolerance", "`allergy`; no known allergy: `history_review`"),
    ("QuestionnaireResponse", "`questionnaire`"),
    ("Procedure", "`pregnancy_category`, for an operation of the list below"),
    ("Encounter", "`visit`, where a participant or the service has a role of the list below"),
    ("Consent", "none: no common code names the forms of the programmes"),
)


def fhir_mapping() -> str:
    """The page of the mapping."""
    sources = [
        (code(key), link(each["title"], each["link"]), each["looked_at"])
        for key, each in held()["sources"].items()
    ]
    names = [(key, ", ".join(said)) for key, said in held()["names"].items()]
    return page(
        "FHIR mapping",
        "Which resource of FHIR R4 (4.0.1) becomes which event of a\n"
        "[course file](course-file.md), by which codes, and where each was seen.\n"
        "What is not mapped is told with its place.",
        "## Resources",
        table(("resource", "event"), _INTO),
        "## Sources of the codes",
        "`read`: the source was seen to say so. `relayed`: a copy of it was, or several published\n"
        "mappings that agree. `provisional`: common use, not seen in its own source.",
        table(("key", "what", "looked at"), sources),
        *(part for name, title in _LISTS.items() for part in _list(name, title)),
        "## Names",
        "A text that holds one of these counts as a code does.",
        table(("list", "names"), names),
        "## Prefetch of CDS Hooks",
        "The reads follow from the facts that the rules of all places read on 1 December 2026.\n"
        f"Services: {codes(SERVICES)}.",
        table(("key", "template"), _asked()),
    )


def _list(name: str, title: str) -> tuple[str, str]:
    head = ("system", "code", "display", "means", "seen in")
    return f"## {title}", table(head, _codes(name))


def _codes(name: str) -> Iterator[tuple[str, ...]]:
    for row in held()[name]:
        system = row.get("system", _SYSTEM.get(name, "snomed"))
        said = ", ".join(f"{k} {code(v)}" for k, v in row.items() if k not in _PLAIN)
        seen = f"{code(row['source'])}, {row['confidence']}"
        yield system, code(row["code"]), row["display"], said, seen


def _asked() -> list[tuple[str, str]]:
    """What CDS Hooks asks of an EHR."""
    wanted = queries(facts_needed(PLACES, date(2026, 12, 1)))
    return [(code(each.key), code(each.template)) for each in wanted]
