"""The page of the monthly visit takes a practised nurse under a minute, by the keys it asks for."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect, sync_playwright
from tests.clinic.journeys.keys import GOAL, Hands
from tests.clinic.journeys.site import CHROMIUM, QUIET, Site, served, sign_in
from tests.project.tree import ROOT

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no browser: chromium is not installed")
PAGE = ROOT / "docs" / "explanation" / "a-visit-in-seconds.md"


@pytest.fixture(scope="module")
def site(templates: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with served("sqlite", templates, tmp_path_factory.mktemp("keys")) as made:
        yield made


@pytest.fixture
def page(site: Site) -> Iterator[Any]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        made = browser.new_page()
        sign_in(made, site, "nurse")
        made.goto(f"{site.at}/courses/{site.codes['allowed']}/record/visit/")
        yield made
        browser.close()


def answer(hands: Hands, part: str, *keys: str) -> None:
    """One decision: go to a part, and press what answers it."""
    hands.decide()
    hands.part(part)
    for key in keys:
        hands.press(key)


def value(hands: Hands, field: str, typed: str) -> None:
    """One decision: go to a field, and type."""
    hands.decide()
    hands.go_to(field)
    hands.type(typed)


def filled_in(hands: Hands) -> None:
    """A usual month, from the top of the page to the record, without a mouse."""
    answer(hands, "weight", *"61.2")
    answer(hands, "test", "Space")  # negative; specimen and setting stand as last time
    answer(hands, "symptoms", "1", "1")  # dry lips and dry skin, mild
    answer(hands, "mind", "Space", "Tab", "Space")  # asked, no concern; twice
    answer(hands, "labs", "Enter")
    value(hands, "labs-alt", "28")
    value(hands, "labs-triglycerides", "120")
    answer(hands, "talks", "Space")
    hands.decide()
    hands.press("Control+Enter")


def test_a_usual_month_takes_under_a_minute(page: Any) -> None:
    """Given a patient in her usual month; when all is typed; then it is one record, in seconds."""
    hands = Hands(page)
    filled_in(hands)
    expect(page.locator(".message")).to_contain_text("Recorded: 10 entries.")
    told = f"{hands.keys} keys and {hands.decisions} decisions, **{hands.seconds:.0f} seconds**"
    assert hands.seconds < GOAL, told
    assert told in " ".join(PAGE.read_text(encoding="utf-8").split()), f"{PAGE.name} says: {told}"


def test_without_scripts_the_same_page_takes_more_keys_and_works(site: Site) -> None:
    """Given a browser without scripts; when the tabulator leads; then the test is recorded too."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        page = browser.new_context(java_script_enabled=False).new_page()
        sign_in(page, site, "nurse")
        page.goto(f"{site.at}/courses/{site.codes['other']}/record/visit/")
        page.focus("#id_weight-value")
        page.keyboard.type("61.2")
        page.keyboard.press("Enter")
        expect(page.locator(".message")).to_contain_text("Recorded")
        browser.close()
