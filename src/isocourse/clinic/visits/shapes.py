"""Which parts make up which form, and in which order a new patient is worked up."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from isocourse.clinic.visits.parts.beginning import Acne, Agreement, Earlier, History, Papers
from isocourse.clinic.visits.parts.changing import Pregnancy, Taken, Turning
from isocourse.clinic.visits.parts.filing import Filed
from isocourse.clinic.visits.parts.grading import Gags, Grades
from isocourse.clinic.visits.parts.measuring import Labs
from isocourse.clinic.visits.parts.minding import Mind, Safety
from isocourse.clinic.visits.parts.part import Part, Words
from isocourse.clinic.visits.parts.preventing import (
    Category,
    Comprehension,
    Contraception,
    Reports,
    Test,
)
from isocourse.clinic.visits.parts.scores import Gad7, Phq2, Phq9, Totals
from isocourse.clinic.visits.parts.seeing import Day, Skin, Symptoms, Talks, Visit, Weight

_MOOD: tuple[type[Part], ...] = (Mind, Phq2, Phq9, Gad7, Totals, Safety)


@dataclass(frozen=True, slots=True)
class Shape:
    """A form: its words, its parts, and those of them that stay folded until they are wanted."""

    title: Words
    lead: Words
    parts: tuple[type[Part], ...]
    folded: frozenset[type[Part]] = frozenset()


FORMS: Mapping[str, Shape] = {
    "visit": Shape(
        _("Visit"),
        _("Fill in what was found and leave the rest blank. It is recorded all at once."),
        (
            Visit,
            Weight,
            Test,
            Contraception,
            Comprehension,
            Reports,
            Symptoms,
            *_MOOD,
            Labs,
            Skin,
            Gags,
            Grades,
            Talks,
        ),
        frozenset({Contraception, Phq2, Phq9, Gad7, Totals, Labs, Skin, Gags, Grades}),
    ),
    "acne": Shape(
        _("The acne and what was tried"),
        _("The first consultation: what is seen, and why isotretinoin is thought of."),
        (Visit, Acne, Skin, Gags, Grades, Earlier),
        frozenset({Gags, Grades}),
    ),
    "history": Shape(_("History"), _("What was asked and what was found, today."), (Day, History)),
    "prevention": Shape(
        _("Pregnancy and contraception"),
        _("Asked of everyone first; the rest only of those who can become pregnant."),
        (Day, Category, Reports, Test, Contraception, Comprehension),
    ),
    "mood": Shape(
        _("Mood"),
        _("Asked before the first dose and at each visit."),
        (Day, *_MOOD),
        frozenset({Gad7, Totals}),
    ),
    "body": Shape(
        _("Weight and blood"), _("The baseline, or a later result."), (Day, Weight, Labs)
    ),
    "papers": Shape(
        _("Counselling, forms and enrolment"),
        _("What was talked about and signed. The patient keeps a copy."),
        (Day, Talks, Papers, Agreement),
    ),
    "changes": Shape(
        _("Changes of the course"),
        _("Stopped, begun again, a relapse, a pregnancy, doses taken otherwise."),
        (Day, Turning, Pregnancy, Taken),
    ),
    "document": Shape(
        _("A document"),
        _("A photograph, a signed form, a letter: what it is, where it is kept, and its digest."),
        (Day, Filed),
    ),
}

WORK_UP = ("acne", "history", "prevention", "mood", "body", "papers")
"""The way of a new patient."""


def next_step(form: str) -> str | None:
    """The form that follows in the work-up."""
    place = WORK_UP.index(form) + 1 if form in WORK_UP else len(WORK_UP)
    return WORK_UP[place] if place < len(WORK_UP) else None
