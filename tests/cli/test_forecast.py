"""isocourse forecast: a page, JSON, a picture; and what it refuses."""

import json
from pathlib import Path

import pytest
from tests.cli.running import EXAMPLES, answered, call, refused

COURSE = str(EXAMPLES / "patients" / "uk-man.course.json")
ASKED = ["forecast", COURSE, "--at", "2026-12-10", "--twins", "200"]


def test_the_page_sets_regimens_side_by_side_and_says_what_it_is() -> None:
    page = answered(call(*ASKED, "--regimen", "50"))
    assert "Regimens side by side" in page and "it opens no gate" in " ".join(page.split())
    made = json.loads(answered(call(*ASKED, "--regimen", "50", "--json")))
    assert "typed-50" in {each["key"] for each in made["regimens"]}


def test_json_is_one_object_that_names_its_format() -> None:
    text = answered(call(*ASKED, "--json"))
    made = json.loads(text)
    assert made["format"] == "isocourse.forecast/1" and made["twins"]["people"] == 200
    assert answered(call(*ASKED, "--json")) == text


def test_the_picture_is_drawn(tmp_path: Path) -> None:
    out = tmp_path / "f.svg"
    answered(call(*ASKED, "--plot", str(out)))
    assert out.read_text(encoding="utf-8").startswith("<svg")


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--regimen", "7", "nearest dose"),
        ("--regimen", "soon", "found 'soon'"),
        ("--food", "soup", "'soup'"),
        ("--twins", "3", "found 3"),
        ("--seed", "-1", "found -1"),
        ("--plot", "/nowhere/f.svg", "cannot be written"),
    ],
)
def test_what_cannot_be_is_refused_with_what_was_found(option: str, value: str, said: str) -> None:
    assert said in " ".join(refused(call(*ASKED, option, value)).split())


def test_a_file_that_is_none_is_refused() -> None:
    assert "nowhere.json" in refused(call("forecast", "nowhere.json"))
