"""How hard a text is to read: the grade of Flesch and Kincaid, and for Spanish the scale of Huerta.

Syllables of English are counted by groups of vowels, which counts a few too many: so a text is
judged a little harder than it is, never easier. In Spanish the groups are the syllables.
"""

import re
from collections.abc import Iterable

_GAPS = re.compile(r"%\(\w+\)[sd]|\{\w+\}|<[^>]+>|%%")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_END = re.compile(r"[.!?:;]+(?:\s|$)")
_ENGLISH = re.compile(r"[aeiouy]+")
_SILENT = re.compile(r"(?<![aeiouyl])e$|(?<=[^aeiouytd])ed$")
_SPANISH = re.compile(r"[aeiouáéíóúü]*[íú](?=[aeoáéó])|[aeoáéó](?=[íú])|[aeiouáéíóúü]+")


def words(text: str) -> list[str]:
    """The words of a text, without what is filled in."""
    return _WORD.findall(_GAPS.sub(" ", text))


def sentences(text: str) -> int:
    """How many sentences it has; a colon and a semicolon give a breath as well."""
    return max(1, len([each for each in _END.split(_GAPS.sub(" ", text)) if _WORD.search(each)]))


def _english(word: str) -> int:
    return max(1, len(_ENGLISH.findall(_SILENT.sub("", word.casefold()))))


def _spanish(word: str) -> int:
    return max(1, len(_SPANISH.findall(word.casefold())))


def grade(texts: Iterable[str]) -> float:
    """The school grade that reads an English text (Flesch and Kincaid)."""
    long, syllables = _counted(texts, _english)
    return 0.39 * long + 11.8 * syllables - 15.59


def ease(texts: Iterable[str]) -> float:
    """How easy a Spanish text is, 0 to 100 (Fernández Huerta); 70 and more is easy."""
    long, syllables = _counted(texts, _spanish)
    return 206.84 - 60 * syllables - 1.02 * long


def _counted(texts: Iterable[str], count: object) -> tuple[float, float]:
    """Words for each sentence, and syllables for each word."""
    held = list(texts)
    found = [word for each in held for word in words(each)]
    ends = sum(map(sentences, held))
    return len(found) / ends, sum(map(count, found)) / len(found)  # type: ignore[arg-type]
