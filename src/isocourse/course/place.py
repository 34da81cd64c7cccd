"""What the pass must know of a place, compiled from the values of the rules into one record."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np

from isocourse.events import Contraception, Event
from isocourse.facts import Names
from isocourse.facts.records import PLACE
from isocourse.rules import Starts, in_force, values
from isocourse.words.codes import MEDICINE_CLASSES, Excipient, Form, Role, Setting, mask
from isocourse.words.spelling import spelt_plainly
from isocourse.words.tokens import CATEGORY_REASONS, METHODS

_REASON = {word: number for number, word in enumerate(CATEGORY_REASONS)}
_METHOD = {word: number for number, word in enumerate(METHODS)}

_FORMS = (
    ("general_consent", Form.GENERAL),
    ("birth_defects_consent", Form.BIRTH_DEFECTS),
    ("acknowledgement_of_risk", Form.ACKNOWLEDGEMENT_OF_RISK),
    ("care_agreement", Form.CARE_AGREEMENT),
)

SYSTEMIC, TOPICAL = ("oral", "other"), ("topical",)

# The list of names of each class of medicines, and by which routes they count.
_CLASSES = (
    ("tetracycline", "tetracyclines", SYSTEMIC),
    ("topical_tetracycline", "tetracyclines", TOPICAL),
    ("vitamin_a", "vitamin_a_names", SYSTEMIC),
    ("st_johns_wort", "st_johns_wort_names", SYSTEMIC),
    ("phenytoin", "phenytoin_names", SYSTEMIC),
    ("carbamazepine", "carbamazepine_names", SYSTEMIC),
    ("corticosteroid", "corticosteroids", SYSTEMIC),
    ("keratolytic", "keratolytics", TOPICAL),
)


@dataclass(frozen=True, slots=True)
class PlaceTable:
    """The record of a place for the pass, with the numbers of the words that its rules know."""

    record: np.ndarray[Any, Any]
    class_of: np.ndarray[Any, Any]
    names: Names
    accepted: Callable[[Event], bool]


class _Values:
    """The values in force at a place on a day, by full name."""

    def __init__(self, place: str, day: date, starts: Starts) -> None:
        self._asked = (place, day, starts)

    def __call__(self, name: str) -> Any:
        return in_force(values()[name], *self._asked).value


def place_table(place: str, day: date, starts: Starts) -> PlaceTable:
    """What the pass must know of a place on a day."""
    of = _Values(place, day, starts)
    record = np.zeros(1, dtype=PLACE)
    for name, value in _fields(of).items():
        record[name] = value
    slots = _medicine_slots(of)
    names = Names(
        medicines={key: slot for slot, (key, _) in enumerate(slots)},
        products=_products(of),
        pack_size=of("supply.pack_size"),
        reasons=_REASON,
    )
    class_of = np.array([number for _, number in slots], dtype="i8")
    return PlaceTable(record, class_of, names, _acceptance(of))


def _fields(of: _Values) -> dict[str, int]:
    def settings(name: str) -> int:
        return mask(Setting[word.upper()] for word in of(f"pregnancy.{name}"))

    def methods(name: str) -> int:
        return mask(_METHOD[word] for word in of(f"pregnancy.{name}"))

    return {
        "category_reasons": mask(_REASON[word] for word in of("pregnancy.accepted_reasons")),
        "first_test_settings": settings("first_test_settings"),
        "later_test_settings": settings("later_test_settings"),
        "safeguard_settings": settings("safeguard_settings"),
        "two_tests": of("pregnancy.two_tests"),
        "test_gap_days": of("pregnancy.test_gap_days"),
        "menses_days": of("pregnancy.menses_days"),
        "lock_out_days": of("pregnancy.lock_out_days"),
        "retest_keeps_menses_rule": of("pregnancy.retest_keeps_menses_rule"),
        "hormonal_methods": methods("hormonal_methods"),
        "methods_alone": methods("methods_alone"),
        "methods_primary": methods("methods_primary"),
        "methods_second": methods("methods_second"),
        "two_primaries_count": of("pregnancy.two_primaries_count"),
        "progestogen_pill": 1 << _METHOD["progestogen_only_pill"],
        "prescriber_roles": mask(Role[word.upper()] for word in of("prescriber.clearing_roles")),
        "starting_roles": mask(Role[word.upper()] for word in of("prescriber.roles_first")),
        "adult_years": of("consent.adult_years"),
        "enzyme_limit": of("labs.enzyme_limit"),
        "enzyme_repeat_times": of("labs.enzyme_repeat_times"),
        "together_days": of("side_effects.together_days"),
        "forms_asked": _forms_asked(of),
        "abstinence_accepted": of("pregnancy.abstinence_accepted"),
        "abstinence_needs_agreement": of("pregnancy.abstinence_needs_agreement"),
        "weight_slip_up": of("dose.weight_slip_up"),
        "weight_slip_down": of("dose.weight_slip_down"),
    }


def _forms_asked(of: _Values) -> int:
    """The forms that somebody signs; where any form will do, all of them."""
    if of("consent.any_consent"):
        return mask(Form)
    return mask(form for name, form in _FORMS if of(f"consent.{name}"))


def _medicine_slots(of: _Values) -> list[tuple[tuple[str, str], int]]:
    """Each known medicine by name and route, with the number of its class."""
    return [
        ((spelt_plainly(name), route), MEDICINE_CLASSES.index(each))
        for each, listed, routes in _CLASSES
        for name in of(f"interactions.{listed}")
        for route in routes
    ]


def _products(of: _Values) -> Mapping[tuple[str, int | None], int]:
    """The excipients of each known product, of one strength where only that one has them."""
    held: dict[tuple[str, int | None], int] = {}
    strength = of("eligibility.tartrazine_strength")
    for listed, bit, only in (
        ("soya_products", Excipient.SOYA, None),
        ("parabens_products", Excipient.PARABENS, None),
        ("tartrazine_products", Excipient.TARTRAZINE, strength),
    ):
        for name in map(spelt_plainly, of(f"eligibility.{listed}")):
            held[name, only] = held.get((name, only), 0) | 1 << bit
    return held


def _acceptance(of: _Values) -> Callable[[Event], bool]:
    """Whether the place accepts a record of contraception, or the reason for a category."""
    reasons = frozenset(of("pregnancy.accepted_reasons"))
    alone = frozenset(of("pregnancy.methods_alone"))
    primary = frozenset(of("pregnancy.methods_primary"))
    second = frozenset(of("pregnancy.methods_second"))
    two_primaries = of("pregnancy.two_primaries_count")
    abstinence, agreed = (
        of("pregnancy.abstinence_accepted"),
        of("pregnancy.abstinence_needs_agreement"),
    )

    def combined(used: Iterable[str]) -> bool:
        held = set(used)
        leads = len(held & primary)
        pair = leads >= 1 and bool(held & second)
        return bool(held & alone) or pair or (two_primaries and leads > 1)

    def accepted(event: Event) -> bool:
        if event.kind == "pregnancy_category":
            return not event.can_become_pregnant and event.reason in reasons
        assert isinstance(event, Contraception)  # noqa: S101
        if event.abstinence:
            return bool(abstinence and (event.agreed_by_prescriber or not agreed))
        return combined(each.method for each in event.methods or ())

    return accepted


@lru_cache(maxsize=64)
def breakpoints(starts_key: tuple[tuple[str, date], ...]) -> tuple[date, ...]:
    """The days on which some value or exception begins to hold, in order."""
    from isocourse.rules import exceptions

    starts = Starts(dict(starts_key))
    rows = {starts.day(row.since) for value in values().values() for row in value.rows}
    return tuple(sorted(rows | {starts.day(each.since) for each in exceptions().values()}))
