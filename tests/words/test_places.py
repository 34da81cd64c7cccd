"""Every place has a clock, and the registry's where it has one."""

from zoneinfo import ZoneInfo

import pytest

from isocourse.evidence.form import DATED_PLACES
from isocourse.words.places import REGISTRY_ZONES, ZONES
from isocourse.words.tokens import PLACES


def test_the_places_are_the_same_wherever_they_are_listed() -> None:
    assert tuple(ZONES) == PLACES == DATED_PLACES
    assert REGISTRY_ZONES.keys() <= ZONES.keys()


@pytest.mark.parametrize("name", sorted({*ZONES.values(), *REGISTRY_ZONES.values()}))
def test_each_clock_is_one_that_is_known(name: str) -> None:
    assert ZoneInfo(name).key == name


def test_the_clocks_are_those_of_the_contract() -> None:
    assert ZONES == {
        "us": "America/New_York",
        "uk": "Europe/London",
        "eu": "Europe/Brussels",
        "de": "Europe/Berlin",
        "fr": "Europe/Paris",
        "it": "Europe/Rome",
        "in": "Asia/Kolkata",
    }
    assert REGISTRY_ZONES == {"us": "America/New_York"}
