"""The evidence store: what every source and passage has, and what a bad file is told."""

from datetime import date
from typing import Any

import pytest

from isocourse import evidence
from isocourse.evidence import BadEvidenceFile, NoSuchEvidence, Source
from isocourse.evidence.form import read_row, read_source

SOURCES = evidence.sources()
PASSAGES = {each.key: each for source in SOURCES.values() for each in source.passages.values()}


@pytest.mark.parametrize("key", SOURCES)
def test_a_source_says_when_it_was_looked_at_and_when_to_look_again(key: str) -> None:
    source: Source = SOURCES[key]
    assert source.looked_at < source.review_by
    assert source.issued is None or source.issued <= source.looked_at


@pytest.mark.parametrize("key", SOURCES)
def test_passages_name_rows_that_exist(key: str) -> None:
    ours = SOURCES[key].kind == "design"
    measured = {each.source for each in evidence.measurements().values()}
    for passage in SOURCES[key].passages.values():
        listed = passage.rows or ours or passage.key in measured
        assert listed, f"{passage.key}: in no list, measured nowhere, not decided by us"
        assert set(passage.rows) <= evidence.rows().keys(), passage.key
        assert len(set(passage.rows)) == len(passage.rows), passage.key


def test_a_source_is_found_by_its_key_and_a_passage_by_source_and_name() -> None:
    source = evidence.source("us-ipledge-2021")
    assert source.in_force_from == date(2021, 12, 13)
    assert evidence.passage("us-ipledge-2021#window") is source.passages["window"]


@pytest.mark.parametrize(
    ("key", "hint"),
    [
        ("us-ipledge-2021#windw", "us-ipledge-2021#window"),
        ("us-ipledge-2021", "names no passage"),
        ("us-ipledge-2012#window", "us-ipledge-2021"),
    ],
)
def test_a_wrong_key_is_told_what_is_close(key: str, hint: str) -> None:
    with pytest.raises(NoSuchEvidence, match=hint):
        evidence.passage(key)


def _source_file(**changes: Any) -> dict[str, Any]:
    table = {
        "key": "x-2020",
        "title": "A source",
        "kind": "programme",
        "publisher": "somebody",
        "place": "uk",
        "in_force_from": date(2020, 1, 1),
        "link": "https://example.org",
        "looked_at": date(2026, 1, 1),
        "review_by": date(2027, 1, 1),
        "confidence": "read",
        "reading": "Read.",
        "passage": {"one": {"says": "One.", "confidence": "read", "rows": ["us:E-01"]}},
    } | changes
    return {name: value for name, value in table.items() if value is not None}


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"title": ""}, "'title' is empty"),
        ({"title": None}, "'title' is missing"),
        ({"titel": "x"}, "unknown key 'titel'"),
        ({"review_by": "soon"}, "expected a date"),
        ({"kind": "rumour"}, "'kind' is 'rumour'"),
        ({"place": "mars"}, "'place' is 'mars'"),
        ({"key": "y-2020"}, "'key' is 'y-2020'"),
        ({"in_force_from": None}, "since when does it hold"),
        ({"link": "ftp://example.org"}, "expected https"),
        ({"passage": {}}, "write one"),
        ({"passage": {"one": {"says": "", "confidence": "read", "rows": []}}}, "'says' is empty"),
        ({"passage": {"one": {"says": "x", "confidence": "sure", "rows": []}}}, "'confidence'"),
        ({"passage": {"one": {"says": "x", "confidence": "read", "rows": ["E-01"]}}}, "'us:E-01'"),
    ],
)
def test_a_source_not_in_the_agreed_form_is_refused(changes: dict[str, Any], told: str) -> None:
    assert read_source("x.toml", "x-2020", _source_file()).key == "x-2020"
    with pytest.raises(BadEvidenceFile, match=told):
        read_source("x.toml", "x-2020", _source_file(**changes))


@pytest.mark.parametrize(
    ("state", "errs", "fits"),
    [
        ("rule", "", True),
        ("rule", "open: it is not asked", False),
        ("not_modelled", "", False),
        ("not_modelled", "it is not asked", False),
        ("not_modelled", "open: it is not asked", True),
        ("later", "", False),
    ],
)
def test_a_row_says_how_leaving_it_out_errs_and_only_then(
    state: str, errs: str, fits: bool
) -> None:
    table = {"about": "Something", "state": state, "errs": errs}
    if fits:
        assert read_row("rows", "us:E-01", table).state == state
    else:
        with pytest.raises(BadEvidenceFile):
            read_row("rows", "us:E-01", table)
