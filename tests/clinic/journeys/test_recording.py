"""A nurse and a doctor at their forms, in a real browser: with keys, with scripts and without."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect, sync_playwright
from tests.clinic.journeys.site import CHROMIUM, QUIET, Site, follow, needs, served, sign_in
from tests.clinic.journeys.test_in_a_browser import faults

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no browser: chromium is not installed")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def site(templates: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with served("sqlite", templates, tmp_path_factory.mktemp("site")) as made:
        yield made


@pytest.fixture
def page(chromium: Any) -> Iterator[Any]:
    context = chromium.new_context()
    yield context.new_page()
    context.close()


def at(page: Any, site: Site, who: str, name: str, form: str) -> None:
    sign_in(page, site, who)
    page.goto(f"{site.at}/courses/{site.codes[name]}/{form}/")


def choose(page: Any, name: str, value: str) -> None:
    page.check(f'input[name="{name}"][value="{value}"]')


def test_a_nurse_records_a_month_with_few_keys(page: Any, site: Site) -> None:
    """Given a patient in the clinic; when the usual is filled in; then it is one record."""
    at(page, site, "nurse", "allowed", "record/visit")
    page.fill("#id_weight-value", "61,2")
    choose(page, "test-result", "negative")
    choose(page, "symptoms-cheilitis", "1")
    choose(page, "mind-concern", "none")
    choose(page, "mind-sexual", "none")
    page.check("#id_talks-done")
    assert faults(page) == []
    follow(page, "text=Record >> nth=-1")
    expect(page.locator(".message")).to_contain_text("Recorded: 7 entries.")
    assert page.locator("text=cheilitis").count() >= 1


def test_scores_are_added_up_and_digits_answer(page: Any, site: Site) -> None:
    at(page, site, "nurse", "other", "record/mood")
    page.focus('input[name="phq9-i1"]')
    for digit in "11200102":
        page.keyboard.press(digit)
    expect(page.locator("#phq9 [data-total]")).to_have_text("7")
    assert page.evaluate("document.activeElement.name") == "phq9-i9"
    assert page.locator("#safety").is_hidden()


def test_item_9_asks_for_action_before_the_page_is_left(page: Any, site: Site) -> None:
    """Given thoughts of self-harm; when the nurse would go on; then action comes first."""
    at(page, site, "nurse", "other", "record/mood")
    page.focus('input[name="phq9-i1"]')
    for digit in "112001021":
        page.keyboard.press(digit)
    assert page.locator("#safety").is_visible()
    follow(page, "text=Keep for later")
    expect(page.locator("#faults")).to_contain_text("Choose what was done")
    assert page.evaluate("document.activeElement.id") == "faults"
    assert faults(page) == []
    asked: list[str] = []
    page.on("dialog", lambda each: (asked.append(each.type), each.dismiss()))
    with page.expect_event("dialog"):
        page.close(run_before_unload=True)
    assert asked == ["beforeunload"], "the browser asks before the page is left"
    choose(page, "safety-done", "urgent_referral")
    page.fill("#id_safety-note", "Dr Okafor told; seen at two.")
    follow(page, "text=Record >> nth=-1")
    expect(page.locator(".alert").first).to_contain_text("Act now")
    assert page.locator("text=Item 9 of the PHQ-9 was 1").count() >= 1


def test_what_is_half_filled_in_survives_a_lost_session(page: Any, site: Site) -> None:
    at(page, site, "nurse", "new", "record/acne")
    page.fill("#id_visit-note", "Half a sentence")
    expect(page.locator("[data-status]")).to_contain_text("Kept at")
    page.context.clear_cookies()
    at(page, site, "nurse", "new", "record/acne")
    assert page.input_value("#id_visit-note") == "Half a sentence"
    page.context.clear_cookies()
    page.fill("#id_visit-note", "Half a sentence more")
    expect(page.locator("[data-status]")).to_contain_text("You are signed out")
    other = page.context.new_page()
    sign_in(other, site, "nurse")
    page.fill("#id_visit-note", "A whole sentence.")
    expect(page.locator("[data-status]")).to_contain_text("Kept at")
    follow(page, "text=Record >> nth=-1")
    expect(page.locator(".message")).to_contain_text("Recorded")
    assert page.locator("text=A whole sentence.").count() == 1


def test_a_fault_leads_to_its_field(page: Any, site: Site) -> None:
    at(page, site, "nurse", "new", "record/body")
    page.fill("#id_weight-value", "6")
    follow(page, "text=Record >> nth=-1")
    page.click("#faults a")
    page.keyboard.press("Tab") if page.evaluate("document.activeElement.tagName") == "A" else None
    assert page.evaluate("document.activeElement.id") == "id_weight-value"
    page.fill("#id_weight-value", "60")
    follow(page, "text=Record >> nth=-1")
    expect(page.locator(".message")).to_contain_text("Recorded: 1 entries.")


def test_odd_values_are_asked_about(page: Any, site: Site) -> None:
    at(page, site, "nurse", "to hand over", "record/body")
    page.fill("#id_weight-value", "100")
    follow(page, "text=Record >> nth=-1")
    expect(page.locator("#questions")).to_contain_text("a fifth or more")
    assert faults(page) == []
    page.check("#questions input")
    follow(page, "text=Record >> nth=-1")
    expect(page.locator(".message")).to_contain_text("Recorded: 1 entries.")


def test_a_mistake_is_taken_back(page: Any, site: Site) -> None:
    at(page, site, "nurse", "allowed", "record/body")
    page.fill("#id_weight-value", "60.8")
    follow(page, "text=Record >> nth=-1")
    follow(page, "table.log a:has-text('Take back') >> nth=0")
    page.fill("#reason", "another patient's")
    follow(page, "text=Take back and record it again")
    assert page.url.endswith("/record/body/")
    page.goto(f"{site.at}/courses/{site.codes['allowed']}/")
    assert page.locator("tr.voided").count() == 1


def test_a_shut_gate_is_refused_and_leads_on(page: Any, site: Site) -> None:
    at(page, site, "doctor", "new", "prescribe")
    expect(page.locator("h1")).to_have_text("Do not prescribe yet")
    follow(page, ".record a[href$='/record/prevention/#category']")
    assert page.url.endswith("/record/prevention/#category")


@pytest.mark.parametrize("vendor", ["sqlite", "postgresql"])
def test_a_doctor_prescribes_without_scripts(
    chromium: Any, vendor: str, templates: Path, tmp_path: Path
) -> None:
    """Given an open gate; when a dose is chosen and confirmed; then it is written and printed."""
    needs(vendor)
    with served(vendor, templates, tmp_path) as made:
        context = chromium.new_context(java_script_enabled=False)
        page = context.new_page()
        sign_in(page, made, "doctor")
        page.goto(f"{made.at}/courses/{made.codes['ready']}/")
        follow(page, "nav.acts >> text=Prescribe")
        choose(page, "rx-dose", "40")
        follow(page, "text=Record >> nth=-1")
        for each in page.locator("#questions input").all():
            each.check()
        follow(page, "text=Record >> nth=-1")
        assert re.search(r"/prescriptions/rx-[\d-]+/$", page.url)
        assert page.locator("text=20 mg × 60").count() == 1
        assert page.locator("text=Note to the pharmacy").count() == 1
        context.close()
