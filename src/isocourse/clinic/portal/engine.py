"""The engine's own sentences for patients, in the language of the page.

A sentence comes with its numbers filled in. The text of its rule is what is translated; the numbers
are read back out of the sentence and put into the translation.
"""

import re
from dataclasses import dataclass
from functools import cache

from django.utils.translation import gettext

from isocourse.clinic.courses.telling import Source, sources
from isocourse.course.answers import Timeline, Tip
from isocourse.rules import rules

_GAP = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Advice:
    """A sentence for a patient, with where it comes from."""

    rule: str
    sentence: str
    sources: tuple[Source, ...]


def advice(tip: Tip) -> Advice:
    """A tip, or what is normal, as the page shows it."""
    return Advice(tip.rule, spoken(tip.rule, tip.sentence), sources(tip.cites))


def phase(timeline: Timeline) -> str:
    """Where in the course the patient is."""
    names = {each.names: name for name, each in rules().items() if each.effect == "phase"}
    return spoken(names[timeline.phase], timeline.sentence)


def numbers(rule: str, sentence: str) -> dict[str, str]:
    """What was filled into a sentence of a rule, by its names there."""
    found = _reading(rules()[rule].says).fullmatch(sentence)
    return found.groupdict() if found else {}


def spoken(rule: str, sentence: str) -> str:
    """A filled-in sentence of a rule in the language of the page."""
    says = rules()[rule].says
    if _reading(says).fullmatch(sentence) is None:
        return sentence
    try:
        return gettext(says).format_map(numbers(rule, sentence))
    except (KeyError, ValueError):
        return sentence


@cache
def _reading(says: str) -> re.Pattern[str]:
    """What reads the numbers back out of a sentence."""
    pieces, seen = _GAP.split(says), set[str]()
    pattern = ""
    for place, piece in enumerate(pieces):
        if place % 2 == 0:
            pattern += re.escape(piece)
        elif piece in seen:
            pattern += f"(?P={piece})"
        else:
            seen.add(piece)
            pattern += f"(?P<{piece}>.*?)"
    return re.compile(pattern, re.DOTALL)
