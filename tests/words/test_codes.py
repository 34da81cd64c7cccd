"""The numbers that stand for words: each list has its number, in the order of the format."""

from enum import IntEnum

import pytest

from isocourse.events import KINDS
from isocourse.words import codes, tokens
from isocourse.words.codes import NULL, mask, word

# An enumeration, the list it numbers, and the number of the list's first word.
LISTS: list[tuple[type[IntEnum], tuple[str, ...], int]] = [
    (codes.Result, tokens.TEST_RESULTS, 1),
    (codes.Setting, tokens.SETTINGS, 0),
    (codes.Form, tokens.CONSENT_FORMS, 0),
    (codes.Who, tokens.ENROLLED, 0),
    (codes.Role, ("other", *tokens.ROLES), 0),
    (codes.Concern, tokens.MENTAL_CONCERNS, 0),
    (codes.Report, tokens.REPORTS, 0),
    (codes.Stop, tokens.STOP_REASONS, 0),
    (codes.Outcome, tokens.OUTCOMES, 0),
    (codes.Treatment, tokens.TREATMENTS, 0),
    (codes.Formulation, tokens.FORMULATIONS, 0),
    (codes.Severity, tokens.SEVERITIES, 0),
]


@pytest.mark.parametrize(("code", "words", "first"), LISTS, ids=lambda each: str(each)[:30])
def test_an_enumeration_numbers_its_list_in_order(
    code: type[IntEnum], words: tuple[str, ...], first: int
) -> None:
    assert [word(each) for each in code] == list(words)
    assert [each.value for each in code] == list(range(first, first + len(words)))


def test_every_enumeration_is_held_against_a_list() -> None:
    ours = {codes.Kind, codes.TestFault, codes.Excipient}  # words of the engine, not of the file
    there = {
        each
        for each in vars(codes).values()
        if isinstance(each, type) and issubclass(each, IntEnum) and each is not IntEnum
    }
    assert there == ours | {code for code, _, _ in LISTS}


NOT_IN_THE_PASS = {"document", "retract"}


def test_every_kind_of_event_has_a_number_but_those_that_the_pass_does_not_look_at() -> None:
    numbered = {word(each) for each in codes.Kind} - {"dispense_retracted"}
    assert numbered == set(KINDS) - NOT_IN_THE_PASS
    values = [each.value for each in codes.Kind]
    assert values == list(range(1, len(values) + 1))


def test_the_bit_for_abstinence_comes_after_those_of_the_methods() -> None:
    assert len(tokens.METHODS) == codes.ABSTINENCE


def test_no_list_names_a_word_twice_and_every_word_is_plain() -> None:
    for name, words in vars(tokens).items():
        if name.isupper() and isinstance(words, tuple):
            assert len(set(words)) == len(words), name
            if not name.endswith("UNITS"):
                assert all(each == each.lower() and " " not in each for each in words), name


def test_a_mask_holds_a_bit_for_each_number() -> None:
    assert mask([]) == 0
    assert mask([0]) == 1
    assert mask([codes.Setting.LABORATORY, codes.Setting.HOME]) == 0b1001
    assert mask([2, 2]) == 0b100


def test_masks_of_the_longest_lists_fit_into_64_bits() -> None:
    longest = (tokens.METHODS, tokens.CATEGORY_REASONS, codes.MEDICINE_CLASSES, codes.Role)
    assert all(mask(range(len(words) + 1)) < 2**63 for words in longest)


def test_not_known_is_no_number_that_a_record_could_hold() -> None:
    """Far from any day, dose or count, and still away from it when days are taken off."""
    assert NULL < -(10**18)
    assert NULL - 10**9 > -(2**63) and NULL + 10**9 < -(10**18)
