"""Every page in a real browser: nothing that axe faults, no error, room on a phone, no scripts."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright
from tests.clinic.journeys.site import CHROMIUM, QUIET, Site, follow, needs, served, sign_in

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no browser: chromium is not installed")

LOUD = ("error", "warning")

PAGES = {
    "doctor": [
        "/worklist/",
        "/worklist/?state=allowed",
        "/worklist/?q=zzzz",
        "/courses/{allowed}/",
        "/courses/{allowed}/?on=2026-01-02",
        "/courses/{new}/",
        "/courses/{allowed}/over-time/",
        "/courses/{allowed}/over-time/?on=2026-11-02",
        "/courses/{new}/over-time/",
        "/courses/{allowed}/documents/",
        "/courses/{new}/documents/",
        "/courses/{allowed}/record/document/",
        "/courses/{allowed}/patient/",
        "/courses/{allowed}/patient/{photo}/remove/",
        "/courses/{new}/patient/",
        "/courses/{allowed}/plan/",
        "/courses/{new}/plan/",
        "/courses/{allowed}/forecast/",
        "/courses/{allowed}/forecast/?dose=7",
        "/courses/{new}/forecast/",
        "/courses/{allowed}/decide/",
        "/courses/{new}/decide/",
        "/claims/",
        "/forecasts/",
        "/courses/{allowed}/letters/",
        "/courses/{allowed}/mail/",
        "/courses/{new}/mail/",
        "/mail/",
        "/mail/?state=uncertain",
        "/mail/?state=late",
        "/summary/",
        "/leave/a-secret-of-nobody/",
        "/courses/{allowed}/retract/e3/",
        "/courses/new/",
        "/courses/{new}/work-up/",
        "/courses/{allowed}/record/visit/",
        "/courses/{new}/record/acne/",
        "/courses/{new}/record/history/",
        "/courses/{new}/record/prevention/",
        "/courses/{new}/record/mood/",
        "/courses/{new}/record/body/",
        "/courses/{new}/record/papers/",
        "/courses/{new}/record/changes/",
        "/courses/{new}/prescribe/",
        "/courses/{ready}/prescribe/",
        "/courses/{allowed}/prescriptions/{written}/",
        "/courses/{allowed}/cancel/",
        "/courses/AAAA-AAAA/",
        "/emergency/",
        "/account/2fa/",
        "/account/2fa/totp/activate/",
        "/account/password/change/",
    ],
    "pharmacist": [
        "/worklist/",
        "/courses/{allowed}/",
        "/courses/{allowed}/hand-over/",
        "/courses/{allowed}/letters/",
        "/courses/{allowed}/authorisation/",
        "/courses/{allowed}/outage/",
        "/courses/{waits}/",
        "/courses/{waits}/outage/{outage}/",
        "/courses/{waits}/outage/{outage}/end/",
        "/outages/",
        "/worklist/?state=registry",
        "/courses/{allowed}/return/",
        "/courses/{allowed}/prescriptions/{written}/",
    ],
    "admin": [
        "/people/",
        "/access/",
        "/worklist/",
        "/administration/",
        "/administration/changes/",
        "/administration/patients/",
    ],
    "auditor": ["/access/", "/courses/{allowed}/", "/forecasts/"],
}


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


COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"]}
"""What may differ by night: a scheme changes colours and nothing else."""
SETTLED = """document.getAnimations()
    .filter(each => each instanceof CSSTransition).forEach(each => each.finish())"""
SMALL = (768, 390, 320)
AT_A_TIME = 13  # pages of one test
DESK = {"width": 1280, "height": 720}


def faults(page: Any, options: Any = None) -> list[str]:
    found = Axe().run(page, options=options).response["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in found]


def faults_by_night(page: Any) -> list[str]:
    """The same of the colours that a dark screen shows, on a page that is open."""
    page.emulate_media(color_scheme="dark")
    page.evaluate(SETTLED)  # on its way from one colour to the other nothing can be measured
    found = faults(page, COLOURS)
    page.emulate_media(color_scheme="light")
    page.evaluate(SETTLED)
    return found


def runs_over(page: Any) -> list[int]:
    """The widths at which a page that is open runs over the edge."""
    wide = []
    for width in SMALL:
        page.set_viewport_size({"width": width, "height": 800})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wide.append(width)
    page.set_viewport_size(DESK)
    return wide


VISITS = [
    pytest.param(who, pages[first : first + AT_A_TIME], id=f"{who}-{first}")
    for who, pages in PAGES.items()
    for first in range(0, len(pages), AT_A_TIME)
]


@pytest.mark.parametrize(("who", "pages"), VISITS)
def test_axe_faults_no_page_by_day_or_by_night_and_none_runs_over_the_edge(
    site: Site, chromium: Any, who: str, pages: list[str]
) -> None:
    context = chromium.new_context(color_scheme="light", viewport=DESK)
    page, said = context.new_page(), []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("console", lambda line: said.append(line.text) if line.type in LOUD else None)
    sign_in(page, site, who)
    for address in pages:
        page.goto(site.at + address.format(**site.codes))
        assert runs_over(page) == [], f"{who} {address}"
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        assert faults(page) == [], f"{who} {address}"
        assert faults_by_night(page) == [], f"{who} {address}"
    refused = [line for line in said if "status of 40" not in line]  # pages that are refused
    assert refused == [], "the content security policy stops nothing of ours"
    context.close()


def test_the_entrance_has_no_faults(site: Site, chromium: Any) -> None:
    page = chromium.new_page()
    page.goto(f"{site.at}/account/login/")
    assert faults(page) == []
    page.close()


def test_axe_sees_what_a_dark_screen_alone_shows(site: Site, chromium: Any) -> None:
    """Given a page whose words are hard to read only by night; then it is found, and only then."""
    page = chromium.new_page()
    page.goto(f"{site.at}/account/login/")
    page.evaluate(
        """() => { const sheet = new CSSStyleSheet();
        sheet.replaceSync(
            "@media (prefers-color-scheme: dark) { h1 { color: #555; background: #444 } }");
        document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]; }"""
    )
    assert faults(page) == [] and len(faults_by_night(page)) == 1
    page.close()


def test_the_slider_answers_while_it_moves(site: Site, chromium: Any) -> None:
    context = chromium.new_context()
    page = context.new_page()
    sign_in(page, site, "doctor")
    page.goto(site.at + "/courses/{allowed}/forecast/".format(**site.codes))
    page.locator("#slide").fill("20")
    page.wait_for_function(
        "() => document.querySelectorAll('#answer tbody tr').length === 1"
        " && document.querySelector('#answer').textContent.includes('20 mg every day')"
    )
    assert "dose=20" in page.url and page.input_value("#dose") == "20"
    context.close()


def test_the_worklist_is_worked_with_keys(site: Site, chromium: Any) -> None:
    context = chromium.new_context()
    page = context.new_page()
    sign_in(page, site, "nurse")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    chosen = page.evaluate("document.activeElement.getAttribute('href')")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url.endswith(chosen)
    page.goto(f"{site.at}/worklist/")
    page.keyboard.press("/")
    page.keyboard.type("novak")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "q=novak" in page.url
    assert page.locator("[data-row]").count() == 1
    context.close()


def test_an_administrator_sets_rules_and_changes_a_role_without_scripts(
    site: Site, chromium: Any
) -> None:
    """Given a clinic; when its rules and a role are changed; then it is noted by whom."""
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, site, "admin")
    follow(page, "nav.ways >> text=Clinic")
    page.check("input[name=policy][value=local]")
    follow(page, "form[aria-labelledby=rules] button")
    assert page.locator(".wrong").count() == 3 and "Not changed" in page.inner_text(".messages")
    page.check("input[name=policy][value=consensus]")
    page.fill("#id_max_supply_days", "84")
    follow(page, "form[aria-labelledby=rules] button")
    follow(page, "nav.ways >> text=Team")
    row = page.locator("tr", has_text="Karim Haddad")
    row.locator("summary").click()
    row.locator("select[name=role]").select_option("administrator")
    follow(page, row.locator("button", has_text="Change"))
    follow(page, "nav.ways >> text=Changes")
    told = [each.inner_text() for each in page.locator("tbody tr").all()]
    assert "auditor, other" in told[0] and "max_supply_days = 84" in told[1]
    assert all("Ruth Abeles" in each for each in told) and len(told) == 2
    context.close()


@pytest.mark.parametrize("vendor", ["sqlite", "postgresql"])
def test_a_pharmacist_hands_over_without_scripts(
    chromium: Any, vendor: str, templates: Path, tmp_path: Path
) -> None:
    """Given a patient who may get capsules; when they are handed over; then it is done once."""
    needs(vendor)
    with served(vendor, templates, tmp_path) as made:
        context = chromium.new_context(java_script_enabled=False)
        page = context.new_page()
        sign_in(page, made, "pharmacist")
        follow(page, "text=May get capsules >> nth=0")
        page.goto(f"{made.at}/courses/{made.codes['to hand over']}/")
        follow(page, "text=Go to hand over")
        follow(page, "text=Record: handed over to the patient")
        assert page.locator("text=Handed over and recorded.").count() == 1
        assert page.locator("text=Nothing to hand over").count() == 1
        context.close()
