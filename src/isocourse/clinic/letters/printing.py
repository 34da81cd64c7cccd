"""A letter as a PDF: tagged, in its language, the same bytes for the same answer.

What is said goes in as data beside the template. Nothing of it is read as markup, and the template
may read no file and no address. The fonts are those of the project: Latin, Greek, Cyrillic and
Devanagari. Where a name has other signs, the fonts of the machine are tried, and what none of them
has is printed as a question mark, which the letter says.
"""

import json
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import as_file, files
from typing import Any

from django.utils.translation import gettext as _

STANDARD = "ua-1"
_EPOCH = 0  # of the file's own date: the day that counts stands in the text
_LOST = re.compile(r'the text `?"(.*?)"`? could not be displayed', re.S)
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_PLAIN = 128  # signs below are part of how the data are written, and in every font
_TRIES = 200


class Unprintable(Exception):
    """The letter cannot be printed; the reason is in what was raised first."""


def pdf(data: Mapping[str, Any]) -> bytes:
    """A letter as a tagged PDF (PDF/UA-1)."""
    how = {"format": "pdf", "pdf_standards": [STANDARD], "timestamp": _EPOCH}
    return bytes(_compiled(data, how))


def pages(data: Mapping[str, Any], ppi: float = 110) -> list[bytes]:
    """The pages as pictures, to be looked at."""
    made = _compiled(data, {"format": "png", "ppi": ppi})
    return made if isinstance(made, list) else [made]


def _compiled(data: Mapping[str, Any], how: Mapping[str, Any]) -> Any:
    import typst

    said = json.dumps(data, ensure_ascii=False, sort_keys=True)
    for turn in range(_TRIES):
        fonts = _fonts(machine=turn > 0)
        try:
            return typst.compile(_template(), sys_inputs={"data": said}, font_paths=fonts, **how)
        except typst.TypstError as error:
            lost = _LOST.search(str(error.message))
            if lost is None:
                raise
            if turn > 0:
                signs = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), lost[1])
                said = _without(said, signs)
    raise Unprintable


def _without(said: str, lost: str) -> str:
    """The same with question marks for signs that no font has, and a word that says so."""
    table = {ord(sign): "?" for sign in lost if ord(sign) >= _PLAIN}
    if not table:
        raise Unprintable
    note = _("Signs that no font here has are printed as question marks.")
    without = json.loads(said.translate(table))
    return json.dumps({**without, "lost": note}, ensure_ascii=False, sort_keys=True)


@cache
def _template() -> bytes:
    return files(__package__).joinpath("letter.typ").read_bytes()


@cache
def _fonts(machine: bool) -> Any:
    """The fonts of the letters: the same page everywhere; with the machine's where they lack."""
    import typst

    with as_file(files(__package__).joinpath("fonts")) as folder:
        return typst.Fonts(include_system_fonts=machine, font_paths=[str(folder)])
