"""A patient on a phone: from the link that the nurse prints to the help that is there at once."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import expect, sync_playwright
from tests.clinic.journeys.site import CHROMIUM, QUIET, Site, follow, served, sign_in
from tests.clinic.journeys.test_in_a_browser import faults, faults_by_night
from tests.clinic.journeys.test_passkeys import AUTHENTICATOR

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no browser: chromium is not installed")

PHONE = {"width": 390, "height": 844}
INSIDE = ("", "check-in/", "mood/", "help/", "tell/", "questions/", "photos/", "data/", "passkey/")


@pytest.fixture(scope="module")
def site(templates: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with served("sqlite", templates, tmp_path_factory.mktemp("site")) as made:
        yield made


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


def link(chromium: Any, site: Site, course: str) -> str:
    """The link that a nurse makes for the patient of a course."""
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, site, "nurse")
    page.goto(f"{site.at}/courses/{site.codes[course]}/patient/")
    button = re.compile("Invite the patient|Make a fresh link")
    follow(page, page.locator("button", has_text=button))
    made: str = page.locator("p.code.long").inner_text()
    context.close()
    return made


@pytest.fixture
def phone(chromium: Any) -> Iterator[Any]:
    """A phone that has a key built in."""
    context = chromium.new_context(viewport=PHONE)
    page = context.new_page()
    line = context.new_cdp_session(page)
    line.send("WebAuthn.enable")
    line.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    yield page
    context.close()


def come_in(page: Any, site: Site, chromium: Any, course: str = "allowed") -> None:
    page.goto(link(chromium, site, course))
    follow(page, "main button")


def test_a_patient_keeps_a_passkey_and_comes_back_with_it(
    phone: Any, site: Site, chromium: Any
) -> None:
    """Given a link; when it was used and a passkey kept; then the passkey lets in, not the link."""
    printed = link(chromium, site, "allowed")
    phone.goto(printed)
    assert faults(phone) == []
    follow(phone, "main button")
    assert phone.url.endswith("/my/passkey/")
    follow(phone, "#mfa_webauthn_add")
    assert phone.url.endswith("/my/")
    expect(phone.locator("h1")).to_contain_text("Week")
    follow(phone, "text=Sign out")
    phone.goto(printed)
    expect(phone.locator("h1")).to_contain_text("closed")
    assert faults(phone) == []
    follow(phone, "main a")
    assert faults(phone) == []
    follow(phone, "#passkey_login")
    assert phone.url.endswith("/my/")
    expect(phone.locator("h1")).to_contain_text("Week")
    phone.goto(f"{site.at}/worklist/")
    expect(phone.locator("h1")).to_contain_text("staff")


def test_axe_faults_no_page_of_a_patient_by_day_or_by_night(site: Site, chromium: Any) -> None:
    context = chromium.new_context(viewport=PHONE, color_scheme="light")
    page, said = context.new_page(), []
    page.on("console", lambda line: said.append(line.text) if line.type == "error" else None)
    come_in(page, site, chromium)
    for each in INSIDE:
        page.goto(f"{site.at}/my/{each}")
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        assert faults(page) == [], each
        assert faults_by_night(page) == [], each
    assert said == [], "the content security policy stops nothing of ours"
    context.close()


def test_nothing_runs_over_the_edge_in_any_language(site: Site, chromium: Any) -> None:
    context = chromium.new_context(viewport=PHONE)
    page = context.new_page()
    come_in(page, site, chromium, "other")
    for language in ("es", "hi"):  # longer than English
        page.goto(f"{site.at}/my/")
        page.select_option("#language", language)
        follow(page, "form[action='/my/language/'] button")
        for each in INSIDE:
            page.goto(f"{site.at}/my/{each}")
            for width in (320, 390, 768):
                page.set_viewport_size({"width": width, "height": 800})
                wide = page.evaluate("document.documentElement.scrollWidth")
                assert wide <= width, (each, language, width)
    context.close()


def test_hindi_is_drawn_on_a_phone_that_has_no_such_letters(site: Site, chromium: Any) -> None:
    """Given a first page in Hindi; then every label is drawn with the font that we send."""
    context = chromium.new_context(viewport=PHONE)
    page = context.new_page()
    page.goto(f"{site.at}/my/in/?language=hi")
    page.wait_for_function("document.fonts.status === 'loaded' && document.fonts.size > 0")
    faces = page.evaluate("[...document.fonts].map(each => `${each.family}: ${each.status}`)")
    assert faces == ["Noto Sans Devanagari: loaded"] or faces == ['"Noto Sans Devanagari": loaded']
    widths = page.evaluate(
        "[...document.querySelectorAll('h1, button, p')].map(each => { "
        "const text = document.createRange(); text.selectNodeContents(each); "
        "const before = text.getBoundingClientRect().width; each.append(' '); "
        "text.selectNodeContents(each); return before - text.getBoundingClientRect().width })"
    )
    assert len(widths) > 3 and all(abs(each) < 6 for each in widths), "laid out with the font"
    context.close()


def test_without_scripts_a_patient_in_despair_finds_help_and_the_nurse_is_told(
    site: Site, chromium: Any
) -> None:
    """Given nine answers, the last above zero; when they are sent; then help is there at once."""
    context = chromium.new_context(viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    come_in(page, site, chromium, "ready")
    follow(page, "nav >> text=Mood")
    for place in range(1, 10):
        page.check(f"input[name=i{place}][value='1']")
    follow(page, "main form button")
    expect(page.locator("h1")).to_contain_text("You are not alone")
    expect(page.locator(".message")).to_contain_text("Your team is told now")
    assert "/my/help/" in page.url
    context.close()
    staff = chromium.new_context(java_script_enabled=False)
    page = staff.new_page()
    sign_in(page, site, "nurse")
    expect(page.locator("[data-row]").first).to_contain_text("Item 9")
    follow(page, page.locator("[data-row]").first.locator("text=unread"))
    follow(page, "text=All read")
    expect(page.locator("text=Not read yet")).to_have_count(0)
    staff.close()


def test_a_photo_is_sent_without_scripts(site: Site, chromium: Any) -> None:
    context = chromium.new_context(viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    come_in(page, site, chromium, "to hand over")
    page.goto(f"{site.at}/my/photos/")
    drawn = BytesIO()
    Image.new("RGB", (3000, 2000), (210, 150, 120)).save(drawn, "JPEG")
    file = {"name": "me.jpg", "mimeType": "image/jpeg", "buffer": drawn.getvalue()}
    page.set_input_files("#picture", files=[file])
    follow(page, "main form button")
    expect(page.locator(".photos img")).to_have_count(1)
    page.locator(".photos img").scroll_into_view_if_needed()
    expect(page.locator(".photos img")).to_have_js_property("naturalWidth", 1600)
    context.close()
