"""One event as a row of whole numbers for the pass."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from isocourse.events import Event
from isocourse.facts.records import EVENT
from isocourse.words import codes
from isocourse.words.codes import ABSTINENCE, ENTRIES_CLASH, NULL, Kind, mask
from isocourse.words.days import day_number
from isocourse.words.spelling import spelt_plainly
from isocourse.words.tokens import (
    CONDITIONS,
    HISTORY_TOPICS,
    INSTRUMENTS,
    LAB_TESTS,
    METHODS,
    SCALES,
    SUBSTANCES,
    SYMPTOMS,
)
from isocourse.words.units import micrograms

_PLACE = {name: number for number, name in enumerate(EVENT.names or ())}
_BLANK = [NULL] * len(_PLACE)
_KIND, _INDEX, _ROLE = (_PLACE[name] for name in ("kind", "index", "role"))
_DAYS = slice(_PLACE["day"], _PLACE["latest_day"] + 1)
_READ_BY_ROLE = ("condition", "mental_health")  # what counts only on a prescriber's word
_KINDS = {codes.word(kind): kind for kind in Kind}
_METHOD = {name: number for number, name in enumerate(METHODS)}


def _numbered(words: Sequence[str]) -> dict[str, int]:
    return {word: number for number, word in enumerate(words)}


_CONDITION, _SUBSTANCE, _SYMPTOM, _LAB, _TOPIC = map(
    _numbered, (CONDITIONS, SUBSTANCES, SYMPTOMS, LAB_TESTS, HISTORY_TOPICS)
)
_INSTRUMENT, _SCALE = map(_numbered, (INSTRUMENTS, SCALES))


@dataclass(frozen=True, slots=True)
class Names:
    """Words that the rules of a place know, as numbers: medicines, products, packs."""

    medicines: Mapping[tuple[str, str], int]  # (name spelt plainly, route) to its slot
    products: Mapping[tuple[str, int | None], int]  # (product, strength in µg) to its excipients
    pack_size: int | None
    reasons: Mapping[str, int]

    def excipients(self, product: str, strengths: Sequence[int]) -> int:
        """The mask of what a product is known to contain, by a known name among its words."""
        said = spelt_plainly(product)
        held = 0
        for (known, only), contents in self.products.items():
            if known in said and (only is None or only in strengths):
                held |= contents
        return held

    def medicine(self, name: str, route: str | None) -> int | None:
        """The slot of a medicine taken by a route: by a known name among its words (salts)."""
        said, by = spelt_plainly(name), route or "oral"
        if (said, by) in self.medicines:
            return self.medicines[said, by]
        for (known, how), slot in self.medicines.items():
            if how == by and known in said:
                return slot
        return None


class Numbers:
    """Turns the events of one course into rows, numbering its prescriptions and other names."""

    def __init__(self, events: Sequence[Event], names: Names) -> None:
        self.names = names
        self.methods: list[tuple[int, int]] = []
        self._prescriptions: dict[str, int] = {}
        self._authorisations: dict[str, int] = {}
        self._prescribers: dict[str, int] = {}
        self._clashing = _clashing(events)
        for event in events:
            if event.kind == "prescription":
                self._prescriptions.setdefault(event.prescription_id, len(self._prescriptions))

    @property
    def prescriptions(self) -> int:
        """How many prescriptions the course names."""
        return len(self._prescriptions)

    def row(self, event: Event, days: tuple[int, int, int], index: int, back: bool) -> list[int]:
        """The row of an event, in the order of EVENT; one of no interest to the pass has kind 0.

        `days` are its local day and the earliest and latest reading of it; `back` tells whether it
        was taken back. Whether it is carried is known to the log.
        """
        row = _BLANK.copy()
        says = _SAYS.get(event.kind)
        if says:
            for name, value in says(self, event).items():
                row[_PLACE[name]] = value
        if event.by is not None and event.kind in _READ_BY_ROLE:
            row[_ROLE] = _role(event.by.role)
        row[_KIND] = Kind.DISPENSE_RETRACTED if back else _KINDS.get(event.kind, 0)
        row[_DAYS] = days
        row[_INDEX] = index
        return row

    def _prescription_number(self, name: str | None) -> int:
        if name is None:
            return NULL
        return self._prescriptions.setdefault(name, len(self._prescriptions))

    def _authorisation_number(self, name: str) -> int:
        return self._authorisations.setdefault(name, len(self._authorisations))

    def _pregnancy_category(self, event: Any) -> dict[str, int]:
        return {
            "yes": int(event.can_become_pregnant),
            "answer": self.names.reasons.get(event.reason or "", NULL),
        }

    def _diagnosis(self, event: Any) -> dict[str, int]:
        return {
            "answer": codes.Severity[event.severity.upper()],
            "yes": int(bool(event.scarring)),
            "grade": int(bool(event.distress)),
        }

    def _prior_treatment(self, event: Any) -> dict[str, int]:
        return {
            "answer": codes.Treatment[event.treatment.upper()],
            "yes": codes.Outcome[event.outcome.upper()],
        }

    def _condition(self, event: Any) -> dict[str, int]:
        return {
            "answer": _CONDITION.get(event.condition, NULL),
            "yes": int(event.status == "active"),
        }

    def _allergy(self, event: Any) -> dict[str, int]:
        return {"answer": _SUBSTANCE.get(event.substance, NULL)}

    def _medicine(self, event: Any) -> dict[str, int]:
        slot = self.names.medicine(event.name, event.route)
        return {"answer": NULL if slot is None else slot, "yes": int(event.status == "started")}

    def _history_review(self, event: Any) -> dict[str, int]:
        return {"mask": mask(_TOPIC[topic] for topic in event.topics)}

    def _weight(self, event: Any) -> dict[str, int]:
        return {"value": event.grams}

    def _enrolment(self, event: Any) -> dict[str, int]:
        return {"answer": codes.Who[event.who.upper()], "yes": int(event.active)}

    def _consent(self, event: Any) -> dict[str, int]:
        return {"answer": codes.Form[event.form.upper()], "yes": int(bool(event.by_guardian))}

    def _comprehension(self, event: Any) -> dict[str, int]:
        named = event.contraception or ()
        entered = mask(ABSTINENCE if each == "abstinence" else _METHOD[each] for each in named)
        clash = mask([ENTRIES_CLASH]) if event.id in self._clashing else 0
        return {"yes": int(event.passed), "mask": entered | clash}

    def _cycle(self, event: Any) -> dict[str, int]:
        return {"yes": int(event.regular)}

    def _pregnancy_test(self, event: Any) -> dict[str, int]:
        return {
            "answer": codes.Result[event.result.upper()],
            "setting": codes.Setting[event.setting.upper()],
            "yes": int(bool(event.falsification_safeguard)),
        }

    def _contraception(self, event: Any) -> dict[str, int]:
        first = len(self.methods)
        for each in event.methods or ():
            self.methods.append((_METHOD[each.method], day_number(each.since)))
        return {
            "answer": int(bool(event.abstinence)),
            "yes": int(bool(event.agreed_by_prescriber)),
            "first": first,
            "count": len(self.methods) - first,
        }

    def _lab(self, event: Any) -> dict[str, int]:
        return {
            "answer": _LAB[event.test],
            "value": event.amount,
            "limit": _known(event.limit_amount),
            "yes": NULL if event.fasting is None else int(event.fasting),
        }

    def _questionnaire(self, event: Any) -> dict[str, int]:
        return {
            "answer": _INSTRUMENT[event.instrument],
            "value": event.score,
            "grade": _known(event.item_9),
        }

    def _lesions(self, event: Any) -> dict[str, int]:
        return {
            "value": _known(event.papules_pustules),
            "limit": _known(event.comedones),
            "grade": _known(event.nodules),
        }

    def _severity(self, event: Any) -> dict[str, int]:
        return {"answer": _SCALE[event.scale], "value": round(event.score)}

    def _mental_health(self, event: Any) -> dict[str, int]:
        return {"yes": int(event.assessed), "answer": codes.Concern[event.concern.upper()]}

    def _sexual_function(self, event: Any) -> dict[str, int]:
        return {"yes": int(event.assessed), "answer": int(event.concern)}

    def _symptom(self, event: Any) -> dict[str, int]:
        return {"answer": _SYMPTOM.get(event.symptom, NULL), "grade": event.grade}

    def _visit(self, event: Any) -> dict[str, int]:
        held = {"yes": int(event.mode == "in_person")}
        return held | ({"role": _role(event.role)} if event.role else {})

    def _prescriber_agreement(self, event: Any) -> dict[str, int]:
        return {"number": self._prescribers.setdefault(event.prescriber, len(self._prescribers))}

    def _prescription(self, event: Any) -> dict[str, int]:
        return {
            "prescription": self._prescription_number(event.prescription_id),
            "value": event.daily_micrograms,
            "days": event.days,
            "refills": event.refills or 0,
            "doses_per_day": NULL if event.doses_per_day is None else event.doses_per_day,
            "answer": codes.Formulation[(event.formulation or "conventional").upper()],
            "until": day_number(event.certified_on) if event.certified_on else NULL,
            "number": event.days_on or 1,
            "limit": event.cycle_days or 1,
            "quantity_days": _lasting(event),
            "loose": _loose(event, self.names.pack_size),
            "contains": _contains(event, self.names),
            "role": _role(event.role) if event.role else NULL,
        }

    def _authorisation(self, event: Any) -> dict[str, int]:
        last = event.do_not_dispense_after
        return {
            "number": self._authorisation_number(event.number),
            "prescription": self._prescription_number(event.prescription_id),
            "until": day_number(last) if last else NULL,
        }

    def _authorisation_reversed(self, event: Any) -> dict[str, int]:
        return {"number": self._authorisation_number(event.number)}

    def _cancel(self, event: Any) -> dict[str, int]:
        return {"prescription": self._prescription_number(event.prescription_id)}

    _return_to_stock = _cancel

    def _dispense(self, event: Any) -> dict[str, int]:
        return {
            "prescription": self._prescription_number(event.prescription_id),
            "days": event.days,
            "value": _known(event.quantity_micrograms),
        }

    def _taken(self, event: Any) -> dict[str, int]:
        until = event.until
        return {
            "value": event.daily_micrograms,
            "until": day_number(until) if until else NULL,
        }

    def _patient_report(self, event: Any) -> dict[str, int]:
        return {"answer": codes.Report[event.what.upper()], "days": _known(event.count)}

    def _stop(self, event: Any) -> dict[str, int]:
        return {"answer": codes.Stop[event.reason.upper()]}


_SAYS: dict[str, Callable[[Numbers, Any], dict[str, int]]] = {
    word: says for word in _KINDS if (says := getattr(Numbers, "_" + word, None))
}
"""What a kind of event says to the pass, by its name."""


def _clashing(events: Sequence[Event]) -> frozenset[str]:
    """The answers that name other contraception than answers given at the same time."""
    named: dict[Any, set[frozenset[str]]] = {}
    answers = [e for e in events if e.kind == "comprehension" and e.contraception]
    for event in answers:
        named.setdefault(event.at, set()).add(frozenset(event.contraception or ()))
    return frozenset(event.id for event in answers if len(named[event.at]) > 1)


def _known(value: int | None) -> int:
    return NULL if value is None else value


def _role(name: str) -> int:
    known = name.upper() in codes.Role.__members__
    return codes.Role[name.upper()] if known else codes.Role.OTHER


def _lasting(event: Any) -> int:
    """Whole days that the capsules last at the daily dose, begun days counted."""
    total: int | None = event.quantity_micrograms
    if total is None:
        return NULL
    share_on = (event.days_on or 1, event.cycle_days or event.days_on or 1)
    taken_in_a_cycle = int(event.daily_micrograms) * share_on[0]
    return -(-total * share_on[1] // taken_in_a_cycle)


def _loose(event: Any, pack_size: int | None) -> int:
    if pack_size is None:
        return 0
    return int(any(quantity % pack_size for _, quantity in event.packs))


def _contains(event: Any, names: Names) -> int:
    if event.product is None:
        return 0
    strengths = [mg for mg, _ in event.packs]
    if event.capsule_mg is not None:
        strengths.append(micrograms(event.capsule_mg))
    return names.excipients(event.product, strengths)
