"""What a search asks for; signs to which FHIR gives a meaning are escaped where meant as such."""

from zoneinfo import ZoneInfo

import pytest

from isocourse.exchange.endpoint.matching import BadSearch, asked

UTC = ZoneInfo("UTC")
PATIENT = {
    "resourceType": "Patient",
    "identifier": [{"system": "urn:a,b", "value": "x|1"}, {"value": "bare"}],
    "name": [{"text": "Berg, Ada \\ Co"}],
}


def found(name: str, value: str) -> bool:
    return all(each.holds(PATIENT, UTC) for each in asked("Patient", [(name, value)], ""))


@pytest.mark.parametrize(
    ("value", "fits"),
    [
        (r"urn:a\,b|x\|1", True),
        (r"urn:a\,b|", True),
        (r"x\|1", True),
        (r"urn:a|x\|1", False),
        ("x|1", False),
        ("|bare", True),
        (r"|x\|1", False),
        ("other,bare", True),
        ("bare\\", False),
    ],
)
def test_a_token_is_a_system_and_a_code(value: str, fits: bool) -> None:
    assert found("identifier", value) is fits


@pytest.mark.parametrize(
    ("value", "fits"),
    [(r"berg\,", True), ("x,berg", True), ("ad", True), (r"\\", True), ("x", False)],
)
def test_a_name_is_looked_for_by_the_beginning_of_a_word(value: str, fits: bool) -> None:
    assert found("name", value) is fits


@pytest.mark.parametrize("value", ["", ",", ",,"])
def test_a_search_for_nothing_is_refused(value: str) -> None:
    with pytest.raises(BadSearch, match="found nothing"):
        asked("Patient", [("identifier", value)], "")
