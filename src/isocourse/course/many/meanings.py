"""What the words of a table mean to the pass: each word of its dictionaries looked up once."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from isocourse.course.place import PlaceTable
from isocourse.events.fields import ID_LIMIT, OPEN_WORD, TRIMMED
from isocourse.facts.many.given import (
    ABSENT,
    KIND_COUNT,
    KIND_NUMBERS,
    LOOKED_UP,
    OF_BY_ROLE,
    OF_ENTERED,
    OF_METHOD,
    OF_PRODUCT,
    OF_ROLE,
    OF_ROLE_RANK,
    OF_ROUTE,
    OF_TOPIC,
    OF_UNIT,
    UNKNOWN_WORD,
    WRONG_WORD,
    Words,
)
from isocourse.words import codes, tokens
from isocourse.words.codes import ABSTINENCE

Array = np.ndarray[Any, Any]
Meaning = Callable[[str], int]

_IS_OPEN, _IS_TRIMMED = re.compile(OPEN_WORD), re.compile(TRIMMED)


def closed(words: Sequence[str]) -> Meaning:
    """One of a closed list, by its place there."""
    number = {word: place for place, word in enumerate(words)}
    return lambda word: number.get(word, WRONG_WORD)


def of_code(code: Any) -> Meaning:
    """One of a closed list that has numbers of its own."""
    number = {codes.word(each): int(each) for each in code}
    return lambda word: number.get(word, WRONG_WORD)


def open_list(words: Sequence[str]) -> Meaning:
    """A word of an open list, by its place among those that rules know."""
    number = {word: place for place, word in enumerate(words)}
    return lambda word: number.get(word, UNKNOWN_WORD if is_open_word(word) else WRONG_WORD)


@lru_cache(maxsize=65536)
def is_open_word(word: str) -> bool:
    """Whether an open list may hold a word."""
    return len(word) <= ID_LIMIT and bool(_IS_OPEN.fullmatch(word))


CODES: Mapping[str, Meaning] = {
    "pregnancy_category": closed(tokens.CATEGORY_REASONS),
    "diagnosis": of_code(codes.Severity),
    "prior_treatment": of_code(codes.Treatment),
    "condition": open_list(tokens.CONDITIONS),
    "allergy": open_list(tokens.SUBSTANCES),
    "medicine": open_list(()),
    "enrolment": of_code(codes.Who),
    "consent": of_code(codes.Form),
    "pregnancy_test": of_code(codes.Result),
    "lab": closed(tokens.LAB_TESTS),
    "questionnaire": closed(tokens.INSTRUMENTS),
    "severity": closed(tokens.SCALES),
    "mental_health": of_code(codes.Concern),
    "symptom": open_list(tokens.SYMPTOMS),
    "visit": lambda word: {"remote": 0, "in_person": 1}.get(word, WRONG_WORD),
    "prescription": of_code(codes.Formulation),
    "patient_report": of_code(codes.Report),
    "relapse": closed(tokens.RELAPSE_DEFINITIONS),
    "stop": of_code(codes.Stop),
}
"""What the column `code` means, by kind."""

STATUSES: Mapping[str, Meaning] = {
    "prior_treatment": of_code(codes.Outcome),
    "condition": lambda word: {"resolved": 0, "active": 1}.get(word, WRONG_WORD),
    "medicine": lambda word: {"stopped": 0, "started": 1}.get(word, WRONG_WORD),
    "pregnancy_test": of_code(codes.Setting),
}
"""What the column `status` means, by kind."""

UNITS = (*tokens.WEIGHT_UNITS, *tokens.LAB_UNITS, *tokens.DOSE_UNITS)


def role_number(word: str) -> int:
    """What a professional is; every other role is OTHER."""
    if not is_open_word(word):
        return WRONG_WORD
    known = word.upper() in codes.Role.__members__
    return int(codes.Role[word.upper()] if known else codes.Role.OTHER)


def method_number(word: str) -> int:
    """A contraceptive method, or abstinence."""
    if word == tokens.ABSTINENCE:
        return ABSTINENCE
    return tokens.METHODS.index(word) if word in tokens.METHODS else WRONG_WORD


def kind_number(word: str) -> int:
    """A kind of event; 0 for a word that is none."""
    return KIND_NUMBERS.get(word, 0)


def each_word(words: Sequence[str], meaning: Meaning) -> Array:
    """The number of each word of a dictionary; one for none at least, so that it has a length."""
    return np.array([meaning(word) for word in words] or [ABSENT], dtype="i8")


def by_kind(words: Sequence[str], meanings: Mapping[str, Meaning]) -> Array:
    """The number of each word for each kind that may hold it, a row for each kind."""
    rows = [_of_all_kinds(word, meanings is CODES) for word in words]
    none = [(WRONG_WORD,) * KIND_COUNT]
    return np.ascontiguousarray(np.array(rows or none, dtype="i8").T)


@lru_cache(maxsize=65536)
def _of_all_kinds(word: str, is_code: bool) -> tuple[int, ...]:
    found = [WRONG_WORD] * KIND_COUNT
    for kind, meaning in (CODES if is_code else STATUSES).items():
        found[KIND_NUMBERS[kind]] = meaning(word)
    return tuple(found)


def rank_of_text(words: Sequence[str]) -> Array:
    """The place of each word in the order of their texts."""
    ranks = np.zeros(max(1, len(words)), dtype="i8")
    for rank, number in enumerate(sorted(range(len(words)), key=lambda n: words[n] + '"')):
        ranks[number] = rank
    return ranks


@lru_cache(maxsize=65536)
def _slot(table: "_ById", name: str, route: str) -> int:
    found = table.of.names.medicine(name, route)
    return ABSENT if found is None else found


class _ById:
    """A place table by its identity, so that what was looked up in it can be kept."""

    def __init__(self, of: PlaceTable) -> None:
        self.of = of

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ById) and self.of is other.of

    def __hash__(self) -> int:
        return id(self.of)


def _medicines(words: Sequence[str], table: PlaceTable, wanted: Iterable[int]) -> Array:
    """The slot of each word that names a medicine, by route."""
    slots = np.full((len(tokens.ROUTES), max(1, len(words))), ABSENT, dtype="i8")
    key = _ById(table)
    for number in wanted:
        for route, name in enumerate(tokens.ROUTES):
            slots[route, number] = _slot(key, words[number], name)
    return slots


def _is_product(word: str) -> bool:
    return len(word) <= ID_LIMIT and bool(_IS_TRIMMED.fullmatch(word))


def meanings(
    dictionaries: Mapping[str, Sequence[str]], table: PlaceTable, named: Iterable[int]
) -> Words:
    """The numbers of all words of a piece at one place.

    `named` are the codes of the column `code` that some medicine bears.
    """
    of = dictionaries
    names = table.names
    strengths = sorted({only for _, only in names.products if only is not None})
    width = max(1, *(len(words) for words in of.values()))
    code, status, plain = _anywhere(tuple((name, tuple(words)) for name, words in of.items()))
    products = each_word(of["product"], _contents(table))
    plain = plain.copy()
    plain[OF_PRODUCT, : len(products)] = products
    return Words(
        width=width,
        code=code,
        status=status,
        plain=plain,
        medicine=_wide(_medicines(of["code"], table, named), width),
        strength_count=len(strengths),
        product_strength=np.array(
            [[names.excipients(word, (only,)) for only in strengths] for word in of["product"]]
            or [[0] * len(strengths)],
            dtype="i8",
        ).reshape(-1, len(strengths)),
        strengths=np.array(strengths, dtype="i8"),
    )


@lru_cache(maxsize=4)
def _anywhere(dictionaries: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[Array, Array, Array]:
    """What words mean whatever the place: by kind as codes and as statuses, and each for itself."""
    of = dict(dictionaries)
    by_number = {
        OF_ROLE: each_word(of["role"], role_number),
        OF_ROLE_RANK: rank_of_text(of["role"]),
        OF_BY_ROLE: each_word(of["by_role"], role_number),
        OF_ROUTE: each_word(of["route"], closed(tokens.ROUTES)),
        OF_UNIT: each_word(of["unit"], closed(UNITS)),
        OF_TOPIC: each_word(of["words"], closed(tokens.HISTORY_TOPICS)),
        OF_ENTERED: each_word(of["words"], method_number),
        OF_METHOD: each_word(of["methods"], method_number),
    }
    width = max(1, *(len(words) for words in of.values()))
    plain = np.full((LOOKED_UP, width), WRONG_WORD, dtype="i8")
    for number, found in by_number.items():
        plain[number, : len(found)] = found
    codes, statuses = by_kind(of["code"], CODES), by_kind(of["status"], STATUSES)
    return _wide(codes, width), _wide(statuses, width), plain


def _wide(rows: Array, width: int) -> Array:
    """The same rows, each so many numbers long."""
    held = np.full((len(rows), width), WRONG_WORD, dtype="i8")
    held[:, : rows.shape[1]] = rows
    return held


def _contents(table: PlaceTable) -> Meaning:
    """What a product contains in any strength."""
    return lambda word: table.names.excipients(word, ()) if _is_product(word) else WRONG_WORD
