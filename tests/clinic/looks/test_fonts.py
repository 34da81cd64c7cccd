"""The web font is the font of the letters, and every page can fetch it."""

import re
import struct
from pathlib import Path

from tools.fonts import HOME, WEB

from isocourse import __file__ as package

SHEET = Path(package).parent / "clinic" / "looks" / "static" / "looks" / "clinic.css"
DIRECTORY, ENTRY = 12, 16  # bytes of a TrueType file's head, and of each of its tables


def test_the_web_font_is_packed_from_the_font_of_the_letters() -> None:
    """The head of a WOFF2 file says the kind of font and how many tables were packed."""
    font, packed = HOME.read_bytes(), WEB.read_bytes()
    signature, flavour, length, tables = struct.unpack(">4sIIH", packed[:14])
    assert signature == b"wOF2" and length == len(packed) < len(font) / 2
    assert flavour == struct.unpack(">I", font[:4])[0]
    assert tables == struct.unpack(">H", font[4:6])[0]
    names = [font[DIRECTORY + ENTRY * n :][:4] for n in range(tables)]
    assert b"GSUB" in names, "without it vowel signs stand in the wrong place"


def test_the_sheet_names_the_font_by_its_file_and_asks_no_other_site() -> None:
    said = SHEET.read_text(encoding="utf-8")
    (face,) = re.findall(r"@font-face \{(.*?)\}", said, re.S)
    assert re.findall(r"url\(\"(.*?)\"\)", face) == [WEB.name] and WEB.parent == SHEET.parent
    assert "font-display: swap" in face and "U+0900-097F" in face
    for list_of_fonts in re.findall(r"--(?:sans|serif): (.*?);", said):
        assert list_of_fonts.startswith('"Noto Sans Devanagari"'), "last, it came too late"


def test_every_letter_of_the_hindi_catalogues_is_in_the_range_that_is_fetched() -> None:
    clinic = SHEET.parents[3]
    texts = "".join(each.read_text(encoding="utf-8") for each in clinic.glob("*/locale/hi/*/*.po"))
    signs = {each for each in texts if ord(each) > 0x2FF and not each.isspace()}
    (ranges,) = re.findall(r"unicode-range: (.*?);", SHEET.read_text(encoding="utf-8"))
    spans = [
        tuple(int(end, 16) for end in each.removeprefix("U+").split("-"))
        for each in ranges.split(", ")
    ]
    held = {sign for sign in signs if any(span[0] <= ord(sign) <= span[-1] for span in spans)}
    assert len(held) > 50
    assert all(ord(each) < 0x900 or ord(each) > 0xDFF for each in signs - held), signs - held
