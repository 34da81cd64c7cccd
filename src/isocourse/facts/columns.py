"""The data dictionary: every fact that a rule may read, in the order of the facts record."""

from functools import cache

from isocourse.facts.along import ALONG, SYMPTOM_DAYS
from isocourse.facts.column import Column, no_unless_recorded
from isocourse.facts.dictionary import GATE
from isocourse.facts.dosed import DOSING
from isocourse.words.codes import MEDICINE_CLASSES
from isocourse.words.tokens import CONDITIONS, SUBSTANCES, SYMPTOMS

__all__ = ["Column", "column", "columns"]


def _words(word: str) -> str:
    return word.replace("_", " ")


@cache
def columns() -> tuple[Column, ...]:
    """Every column in the order of the facts record."""
    open_lists = (
        [
            no_unless_recorded(f"condition_{w}", f"Active condition: {_words(w)}.")
            for w in CONDITIONS
        ]
        + [no_unless_recorded(f"allergy_{w}", f"Allergy: {_words(w)}.") for w in SUBSTANCES]
        + [no_unless_recorded(f"takes_{w}", f"Takes {_words(w)}.") for w in MEDICINE_CLASSES]
        + [
            no_unless_recorded(
                f"symptom_{w}", f"Grade of {_words(w)} reported last since any restart.", "grade"
            )
            for w in SYMPTOMS
        ]
    )
    return (*GATE, *ALONG, *DOSING, *open_lists, *SYMPTOM_DAYS)


@cache
def column(name: str) -> Column:
    """The column with this name."""
    found = {each.name: each for each in columns()}
    return found[name]
