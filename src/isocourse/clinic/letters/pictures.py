"""The forecast as pictures of a letter; for a patient with plain words in their language."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _

from isocourse.clinic.courses.harm import harmed
from isocourse.clinic.forecasts.keeping import basis_of
from isocourse.clinic.letters.writing import Picture
from isocourse.clinic.visits.knowing import Known
from isocourse.course import Assessment, NoValue
from isocourse.course.forecasting import regimens, under
from isocourse.course.forecasting.drawing import ENGLISH, STYLE, Words, panels
from isocourse.course.forecasting.forecast import Forecast

_FONT = "'Noto Sans Devanagari'"  # it has the Latin letters too
_WHILE = ("on_treatment", "paused")


def pictures(known: Known, found: Assessment, plain: bool) -> tuple[Picture, ...]:
    """The forecast under the regimen that goes on; none after treatment or where harm is feared."""
    if found.stage not in _WHILE or harmed(found):
        return ()
    at: datetime = known.now
    try:
        of = basis_of(known.held, at.date(), None)
        wanted = [each for each in regimens(of.seen) if each.key == "as_now"]
    except (NoValue, ValueError):
        return ()
    made = under(of, wanted)
    if not made.outlooks or made.disagrees:
        return ()
    return tuple(_pictures(made, plain_words() if plain else ENGLISH))


def _pictures(made: Forecast, words: Words) -> Iterator[Picture]:
    """Only lines and figures are drawn: a letter sets the words around them in its own type."""
    shown = panels(made, made.outlooks[0], _unnamed(words))
    for place, title in ((0, words.titles["papules_pustules"]), (3, words.clear)):
        yield Picture(title, _whole(shown[place].svg), shown[place].words, words.weeks)


def _unnamed(words: Words) -> Words:
    return replace(words, titles=dict.fromkeys(words.titles, ""), clear="", weeks="", now="")


def plain_words() -> Words:
    """What the pictures of a patient's letter say, in the language that is spoken."""
    return Words(
        titles={**ENGLISH.titles, "papules_pustules": _("Red spots: how many")},
        clear=_("Clear or almost clear, of 100 people like you"),
        weeks=_("weeks from the first capsule; dotted line: today; rings: what was counted"),
        at=_("week {week}: {middle} ({low} to {high})"),
        share=_("week {week}: {share}"),
    )


def _whole(svg: str) -> str:
    """A panel as a file of its own, with its colours and a font that the letters have."""
    name, rest = svg[: svg.index(">") + 1], svg[svg.index(">") + 1 :]
    return name + STYLE.replace("sans-serif", _FONT) + rest
