"""The catalogues: where they lie, what stands in them, and how they are written.

Nothing of the moment or the machine stands in them, so that the same texts give the same bytes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po, write_po

LANGUAGES = ("es", "hi")
UNFINISHED = "# Unfinished."
_DATED = ("POT-Creation-Date", "PO-Revision-Date", "Last-Translator", "Generated-By")


@dataclass(frozen=True, slots=True)
class Place:
    """Where the catalogue of an app in a language lies."""

    app: str
    language: str
    po: Path

    @property
    def mo(self) -> Path:
        """The compiled one."""
        return self.po.with_suffix(".mo")


def apps(clinic: Path) -> list[str]:
    """The apps that have catalogues."""
    return sorted(each.parent.name for each in clinic.glob("*/locale"))


def places(clinic: Path, app: str) -> list[Place]:
    """The catalogues of an app."""
    folder = clinic / app / "locale"
    return [Place(app, each, folder / each / "LC_MESSAGES" / "django.po") for each in LANGUAGES]


def held(place: Place) -> Catalog:
    """A catalogue as it is; an empty, unfinished one where there is none."""
    if place.po.is_file():
        with place.po.open("rb") as file:
            return read_po(file, locale=place.language)
    return Catalog(locale=place.language, header_comment=_head(place, UNFINISHED))


def _head(place: Place, said: str) -> str:
    named = Locale.parse(place.language).english_name
    return f"{said}\n# What patients read, in {named}: clinic/{place.app}."


def unfinished(catalogue: Catalog) -> bool:
    """Whether translations may still be missing."""
    return UNFINISHED in catalogue.header_comment.splitlines()


def merged(place: Place, found: Catalog) -> Catalog:
    """What was translated, brought up to the texts there are; nothing is guessed."""
    old = held(place)
    new = Catalog(
        locale=place.language, header_comment=old.header_comment, fuzzy=False, charset="utf-8"
    )
    for message in found:
        if message.id:
            kept = old.get(message.id, message.context)
            entry = new.add(
                message.id,
                kept.string if kept and kept.string else None,
                message.locations,
                auto_comments=message.auto_comments,
                context=message.context,
            )
            entry.user_comments = list(kept.user_comments) if kept else []
    return new


def written(catalogue: Catalog) -> bytes:
    """The text of a catalogue, without days and names."""
    out = BytesIO()
    write_po(out, catalogue, width=100, include_lineno=False)
    lines = out.getvalue().decode().splitlines(keepends=True)
    return "".join(each for each in lines if not each.startswith(_dated())).encode()


def _dated() -> tuple[str, ...]:
    return tuple(f'"{each}:' for each in _DATED)


class _Undated:
    """A catalogue as it is compiled: its head says how to read it, and no day and no version."""

    charset = "utf-8"

    def __init__(self, place: Place) -> None:
        self.of = held(place)
        self.head = (
            f"Content-Type: text/plain; charset=utf-8\nPlural-Forms: {self.of.plural_forms}\n"
        )

    def __iter__(self) -> Iterator[Message]:
        yield Message("", self.head)
        yield from (each for each in self.of if each.id)


def compiled(place: Place) -> bytes:
    """What Django reads."""
    out = BytesIO()
    write_mo(out, _Undated(place))  # type: ignore[arg-type]
    return out.getvalue()


def plural_forms(language: str) -> str:
    """The rule of a language for numbers, as its catalogue's head must say it."""
    return get_plural(language).plural_forms
