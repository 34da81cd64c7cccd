"""What a letter is made of: sections of statements, each with its sources, and what is unknown.

A letter says what the engine answered and what is recorded, and nothing else. It is data up to the
moment at which it is printed, so that a name can never be read as an instruction.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from isocourse.clinic.courses.telling import sources
from isocourse.clinic.log.reading import Held
from isocourse.course import Assessment

_US_PAPER = ("us",)


@dataclass(frozen=True, slots=True)
class Item:
    """One statement: by when, what, and the passages it rests on."""

    text: str
    cites: tuple[str, ...] = ()
    when: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Statements under a heading; `lead` stands first, in a tone."""

    title: str
    items: tuple[Item, ...] = ()
    lead: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing with what it shows in words."""

    title: str
    svg: str
    words: str
    across: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter, ready to be printed."""

    kind: str
    title: str
    sections: tuple[Section, ...]
    unknown: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()
    sign: str = ""
    pictures_note: str = ""
    notice: str = ""
    facts: tuple[tuple[str, str], ...] = field(default_factory=tuple)


def day(moment: date | datetime | None) -> str:
    """A day in words, as the language of the letter writes it."""
    form = "j F Y" if get_language() in (None, "en") else "DATE_FORMAT"
    return "" if moment is None else date_format(moment, form)


def about(held: Held, found: Assessment) -> tuple[tuple[str, str], ...]:
    """Whom a letter is about, and as of when."""
    return (
        (_("Patient"), str(held.identity.get("name", ""))),
        (_("Born"), day(date.fromisoformat(held.opened["patient"]["birth_date"]))),
        (_("Course"), held.course.code),
        (_("Rules of"), held.course.place.upper()),
        (_("As of"), day(found.at)),
    )


def data(letter: Letter, held: Held, found: Assessment) -> dict[str, Any]:
    """A letter as the template takes it: sources are numbered in the order of the text."""
    numbers = _numbered(letter.sections)
    clinic = held.course.clinic
    return {
        "lang": (get_language() or "en").partition("-")[0],
        "paper": "us-letter" if held.course.place in _US_PAPER else "a4",
        "title": letter.title,
        "head": [clinic.name, *filter(None, clinic.address.splitlines())],
        "lost": "",
        "notice": letter.notice,
        "labels": [_("What"), _("Which")],
        "facts": [list(each) for each in (*about(held, found), *letter.facts)],
        "sections": [_section(each, numbers) for each in letter.sections if _says(each)],
        "pictures_title": _("What is likely"),
        "pictures_note": letter.pictures_note,
        "pictures": [
            {"title": p.title, "svg": p.svg, "words": p.words, "across": p.across}
            for p in letter.pictures
        ],
        "unknown_title": _("What is not known"),
        "unknown": list(letter.unknown),
        "sign": letter.sign,
        "sources_title": _("Sources"),
        "sources": [_source(key) for key in numbers],
        "foot": _("%(code)s, as of %(day)s. Made by isocourse from the record; decides nothing.")
        % {"code": held.course.code, "day": day(found.at)},
    }


def _says(section: Section) -> bool:
    return bool(section.items or section.lead)


def _numbered(sections: Sequence[Section]) -> dict[str, int]:
    keys = dict.fromkeys(key for each in sections for item in each.items for key in item.cites)
    return {key: number for number, key in enumerate(keys, start=1)}


def _section(section: Section, numbers: dict[str, int]) -> dict[str, Any]:
    return {
        "title": section.title,
        "lead": section.lead,
        "tone": section.tone,
        "items": [
            {
                "text": each.text,
                "cites": sorted(numbers[key] for key in dict.fromkeys(each.cites)),
                "when": each.when,
                "note": each.note,
            }
            for each in section.items
        ],
    }


def _source(key: str) -> dict[str, str]:
    (held,) = sources((key,))
    word = _("provisional")
    return {
        "title": held.title,
        "passage": held.passage,
        "url": held.url or "",
        "provisional": f", {word}" if held.provisional else "",
    }


def items(given: Iterable[Item | None]) -> tuple[Item, ...]:
    """Those that there are."""
    return tuple(each for each in given if each is not None)
