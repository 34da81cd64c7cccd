"""A passkey in a real browser: kept, signed in with, asked for after the password, and removed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect, sync_playwright
from tests.clinic.journeys.site import CHROMIUM, QUIET, Site, follow, served, sign_in
from tests.clinic.journeys.test_in_a_browser import faults

from isocourse.clinic.demonstration.people import PASSWORD

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no browser: chromium is not installed")

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
KEYS = "/account/2fa/webauthn/"


@pytest.fixture(scope="module")
def site(templates: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with served("sqlite", templates, tmp_path_factory.mktemp("site")) as made:
        yield made


@pytest.fixture
def page(site: Site) -> Iterator[Any]:
    """A browser that has a security key built in."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        page = browser.new_context().new_page()
        line = page.context.new_cdp_session(page)
        line.send("WebAuthn.enable")
        line.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
        yield page
        browser.close()


def test_a_passkey_is_kept_and_lets_its_person_in(page: Any, site: Site) -> None:
    """Given a passkey; when they come back; then it lets in alone, and after the password too."""
    sign_in(page, site, "nurse")
    page.goto(f"{site.at}{KEYS}add/")
    assert faults(page) == []
    page.fill("#id_password", PASSWORD)  # asked again before a factor is added
    follow(page, "main button")
    expect(page.locator("#id_name")).to_be_visible()
    assert faults(page) == []
    page.fill("#id_name", "The key at the desk")
    page.check("#id_passwordless")
    follow(page, "#mfa_webauthn_add")
    page.goto(f"{site.at}{KEYS}")
    expect(page.locator("main")).to_contain_text("The key at the desk")
    assert faults(page) == []
    signed_out(page)
    follow(page, "#passkey_login")
    assert page.url.endswith("/worklist/")
    expect(page.locator(".who")).to_contain_text("Tom Lindqvist")
    signed_out(page)
    sign_in(page, site, "nurse")
    assert "/2fa/authenticate/" in page.url, "the password alone does not let in"
    assert faults(page) == []
    follow(page, "#mfa_webauthn_authenticate")
    assert page.url.endswith("/worklist/")


def signed_out(page: Any) -> None:
    follow(page, "text=Sign out")
    assert page.url.endswith("/account/login/")
