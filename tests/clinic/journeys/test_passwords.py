"""What is typed as a password can be seen, and a new one has a meter, within the policy."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import sync_playwright
from tests.clinic.journeys.site import CHROMIUM, QUIET, Site, served, sign_in
from tests.clinic.journeys.test_in_a_browser import faults

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no browser: chromium is not installed")


@pytest.fixture(scope="module")
def site(templates: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with served("sqlite", templates, tmp_path_factory.mktemp("passwords")) as made:
        yield made


@pytest.fixture
def page(site: Site) -> Iterator[Any]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        made = browser.new_page()
        sign_in(made, site, "nurse")
        made.goto(f"{site.at}/account/password/change/")
        yield made
        browser.close()


def test_what_is_typed_can_be_seen_and_its_strength_is_drawn(page: Any) -> None:
    new = page.locator('input[autocomplete="new-password"]').first
    meter = page.locator("meter").first
    new.fill("aaaaaaaaaaaaaaaaaaaa")
    assert meter.evaluate("each => each.value") == 2, "one sign again and again is worth little"
    new.fill("correct horse battery")
    assert meter.evaluate("each => each.value") > 16
    assert new.get_attribute("type") == "password"
    new.locator("xpath=following-sibling::label[1]").click()
    assert new.evaluate("each => each.type") == "text"
    assert faults(page) == []
