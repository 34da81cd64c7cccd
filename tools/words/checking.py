"""What can be wrong with a catalogue."""

import re
from collections import Counter
from collections.abc import Iterator

from babel.messages.catalog import Catalog, Message

from .catalogues import Place, compiled, held, plural_forms, unfinished

_PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[#0\- +]*\d*(?:\.\d+)?[diouxXeEfFgGcrsa%]")
_BRACE = re.compile(r"\{\w+\}")
_TAG = re.compile(r"</?[a-zA-Z][^>]*>")


def wrong(place: Place, found: Catalog) -> list[str]:
    """Everything that is wrong with one catalogue, a line each."""
    if not place.po.is_file():
        return ["there is no catalogue; run `python tools/languages.py extract`"]
    catalogue = held(place)
    lines = [*_texts(catalogue, found), *_plurals(place), *_old(place)]
    may_lack = unfinished(catalogue)
    for message in catalogue:
        if message.id:
            lines += _message(message, may_lack, catalogue.num_plurals)
    return lines


def _key(message: Message) -> tuple[str | None, str]:
    said = message.id
    return message.context, said if isinstance(said, str) else said[0]


def _texts(catalogue: Catalog, found: Catalog) -> Iterator[str]:
    here, there = ({_key(m) for m in each if m.id} for each in (catalogue, found))
    yield from (f"not in the catalogue: {said!r}" for _, said in sorted(there - here, key=str))
    yield from (f"said nowhere any more: {said!r}" for _, said in sorted(here - there, key=str))


def _plurals(place: Place) -> Iterator[str]:
    wanted = plural_forms(place.language)
    if f"Plural-Forms: {wanted}" not in place.po.read_text(encoding="utf-8"):
        yield f"the head must say Plural-Forms: {wanted}"


def _old(place: Place) -> Iterator[str]:
    if not place.mo.is_file() or place.mo.read_bytes() != compiled(place):
        yield "the .mo is not what the .po compiles to; run `python tools/languages.py compile`"


def _message(message: Message, may_lack: bool, plurals: int) -> Iterator[str]:
    forms = message.string if isinstance(message.string, (list, tuple)) else (message.string,)
    name = _key(message)[1]
    if message.fuzzy:
        yield f"marked as fuzzy: {name!r}"
    if not all(forms):
        if not may_lack or any(forms):
            yield f"not translated: {name!r}"
        return
    if not isinstance(message.id, str) and len(forms) != plurals:
        yield f"{len(forms)} forms where the language has {plurals}: {name!r}"
    yield from (f"{what} differ: {name!r}" for what in _differing(message, list(forms)))


def _differing(message: Message, forms: list[str]) -> Iterator[str]:
    """Each form must hold what the plural of the original holds (a single form may leave out n)."""
    original = message.id if isinstance(message.id, str) else message.id[1]
    for what, pattern in (("placeholders", _PLACEHOLDER), ("numbers", _BRACE), ("tags", _TAG)):
        wanted = Counter(pattern.findall(original))
        for number, form in enumerate(forms):
            given = Counter(pattern.findall(form))
            lacks = wanted - given
            spared = number == 0 and len(forms) > 1 and set(lacks) <= {"%(n)s", "%(n)d"}
            if given - wanted or (lacks and not spared):
                yield what
                break
