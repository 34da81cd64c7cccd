"""What is not JSON, or more than JSON should hold, is refused with the place."""

import json
import time

import pytest
from tests.events.courses import an_event, course_with
from tests.events.courses import refusal_of as refusal

from isocourse.events import read_course


def plain(**changes: object) -> str:
    return json.dumps(course_with(an_event("menses"), **changes))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "line 1, column 1: found the end of a line or of the file, expected a value"),
        ('{\n "format" 1}', 'line 2, column 11: found "1}", expected a colon after the key'),
        ('{"a": 1 "b": 2}', "expected a comma or a closing bracket"),
        ("{} {}", "expected nothing more after the closing bracket"),
        ('{"a": "b\nc"}', "no control character inside text"),
        ('{"a": "b', "expected a closing quote"),
        (r'{"a": "\q"}', "an escape that JSON knows"),
        ("{'a': 1}", "a key in double quotes"),
        ("[]", "the file: found [], expected an object"),
        ("12", "the file: found 12, expected an object"),
        ("null", "the file: found null, expected an object"),
    ],
)
def test_a_text_that_is_not_a_json_object_is_refused(text: str, sentence: str) -> None:
    assert sentence in refusal(text)


@pytest.mark.parametrize("raw", [b"\xff\xfe{\x00", b'{"a": "\xe9"}', '{"a": "\ud800"}'])
def test_text_that_is_not_utf_8_is_refused(raw: bytes | str) -> None:
    assert "found text that is not UTF-8, expected a file in UTF-8" in refusal(raw)


def test_a_key_that_stands_twice_is_refused_and_the_rest_still_read() -> None:
    text = plain().replace('"kind"', '"at": "2026-10-02", "kind"', 1)
    assert refusal(text) == (
        'demo.json: events[0] (id "e1", menses): at: found the key "at" more than once, '
        "expected each key once; keep one of them."
    )


@pytest.mark.parametrize(
    "number", ["NaN", "Infinity", "-Infinity", "1e999", "9" * 39, "-" + "9" * 5000]
)
@pytest.mark.parametrize("key", ['"value"', '"x-count"', '"x-list"', '"grade"'])
def test_numbers_that_are_not_finite_or_too_long_are_refused(key: str, number: str) -> None:
    own = {"x-count": 77, "x-list": [77], "grade": 77}
    text = json.dumps(course_with(an_event("weight", value=77, unit="kg", **own)))
    changed = text.replace(f"{key}: 77", f"{key}: {number}").replace("[77]", f"[{number}]")
    assert "expected a finite number of at most 38 digits; correct the number." in refusal(changed)


def test_numbers_of_other_systems_are_kept_whole() -> None:
    read_course(plain(**{"x-count": 10**38 - 1, "x-low": -(10**38) + 1, "x-small": 1e-300}))


@pytest.mark.parametrize("text", ["a\x00b", "a\x1bb", "a\x7fb", "a\x85b", "\ud800"])
def test_control_characters_and_lone_surrogates_are_refused_anywhere(text: str) -> None:
    for changes in ({"x-free": text}, {"course_id": text}, {"x-free": {text: 1}}):
        assert "without control characters" in refusal(plain(**changes))


def test_a_pair_of_surrogate_escapes_is_one_character() -> None:
    text = plain(course_id="\U0001f600")
    assert "\\ud83d\\ude00" in text
    assert read_course(text).course_id == "\U0001f600"


def test_null_is_not_a_value() -> None:
    text = json.dumps(course_with(an_event("menses", note=None)))
    assert "note: found null, expected a value or no key; leave the key out." in refusal(text)


def nested(levels: int) -> str:
    """A course file whose deepest list lies this many levels down."""
    return plain(**{"x-deep": 0}).replace(": 0", ": " + "[" * (levels - 1) + "]" * (levels - 1))


def test_forty_levels_are_read_and_one_more_is_not() -> None:
    read_course(nested(40))
    assert "more than 40 levels of nesting" in refusal(nested(41))


@pytest.mark.parametrize("levels", [990, 5000, 1_000_000])
def test_nesting_without_end_is_refused_all_the_same(levels: int) -> None:
    assert "more than 40 levels of nesting" in refusal(nested(levels))
    assert "more than 40 levels of nesting" in refusal('{"a":' * levels)


def test_twenty_megabytes_are_read_and_one_byte_more_is_not() -> None:
    text = plain()
    full = text + " " * (20_000_000 - len(text))
    read_course(full)
    assert "found 20000001 bytes, expected at most 20 MB" in refusal(full + " ")
    assert "at most 20 MB" in refusal('"' + "é" * 10_000_000 + '"')


def course_with_lists(length: int, key: str) -> str:
    return json.dumps(course_with() | {key: [1] * length})


def test_a_hundred_thousand_entries_are_the_most_in_a_list() -> None:
    read_course(course_with_lists(100_000, "x-list"))
    for key in ("events", "x-list"):
        assert refusal(course_with_lists(100_001, key)) == (
            f"demo.json: {key}: found 100001 entries in one list or object, "
            "expected at most 100000; split the course."
        )


def test_a_thousand_keys_are_the_most_in_an_object_of_the_format() -> None:
    many = {f"x-{number}": 1 for number in range(995)}
    read_course(json.dumps(course_with() | many))
    told = refusal(course_with() | many | {"x-a": 1})
    assert "the file: found 1001 entries in one list or object, expected at most 1000" in told
    read_course(plain(**{"x-map": {f"k{number}": 1 for number in range(5000)}}))


def test_a_list_of_the_format_has_a_hundred_entries_at_most() -> None:
    topics = ["risk"] * 100
    read_course(json.dumps(course_with(an_event("counselling", topics=topics))))
    told = refusal(json.dumps(course_with(an_event("counselling", topics=[*topics, "risk"]))))
    assert "topics: found [" in told and "expected at most 100 entries" in told


@pytest.mark.parametrize(
    "events",
    [
        '{"kind": "menses", "a": 1, "b": 1, "c": 1, "d": 1}',
        '{"kind": "counselling", "topics": [1, 1, 1, 1, 1]}',
        '{"kind": "contraception", "methods": [{}, {}, {}]}',
        '{"id": null, "at": null, "kind": null}',
    ],
)
def test_a_file_full_of_mistakes_is_refused_in_good_time(events: str) -> None:
    text = plain().replace('"events": [', '"events": [' + f"{events}, " * 10_000)
    start = time.process_time()
    assert "more problems" in refusal(text)
    assert time.process_time() - start < 10


def test_a_hundred_thousand_twin_keys_are_refused_in_good_time() -> None:
    twins = ",".join(f'"k{number % 50_000}":1' for number in range(100_000))
    start = time.process_time()
    assert "more than once" in refusal('{"x-a": {' + twins + "}}")
    assert time.process_time() - start < 10


def test_a_large_wrong_value_is_cut_short_every_time_it_is_named() -> None:
    start = time.process_time()
    many = {f"k{number}": 1 for number in range(900)}
    large = ["a" * 10**6] * 8
    assert "more problems" in refusal(course_with(an_event("menses", id=large, **many)))
    assert time.process_time() - start < 10


def test_another_format_is_refused() -> None:
    assert (
        'format: found "isocourse.course/2", expected isocourse.course/1; '
        "did you mean isocourse.course/1." in refusal(plain(format="isocourse.course/2"))
    )
    assert "format: found nothing" in refusal(plain(format=None))
