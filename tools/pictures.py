"""Pictures of the clinic's main pages for the README, taken of the demonstration in a real browser.

`python tools/pictures.py` writes docs/assets/clinic-*.png. It needs chromium.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from isocourse.clinic.demonstration.people import PASSWORD

ASSETS = Path(__file__).resolve().parent.parent / "docs" / "assets"
WIDE, PHONE = {"width": 1280, "height": 860}, {"width": 390, "height": 844}
HERE = "localhost"
_QUIET = ["--no-sandbox", "--disable-gpu", "--hide-scrollbars"]


@contextmanager
def demonstration() -> Iterator[str]:
    """A demonstration of today, served until the end; its address."""
    command = str(Path(sys.executable).with_name("isocourse"))
    with socket.socket() as each:
        each.bind(("127.0.0.1", 0))
        port = each.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        kept = {name: said for name, said in os.environ.items() if name != "DATABASE_URL"}
        words = [command, "clinic", "demo", "--port", str(port)]
        server = subprocess.Popen(words, env=kept | {"ISOCOURSE_DATA": folder})  # noqa: S603
        try:
            at = f"http://{HERE}:{port}"
            _wait(f"{at}/ready")
            yield at
        finally:
            server.terminate()
            server.wait(60)


def _wait(address: str) -> None:
    for _ in range(3000):
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(address)


def _worklist(page: Page) -> None:
    page.wait_for_selector("[data-row]")


def _course(page: Page) -> None:
    """A patient who has been treated for some months, with everything that a course shows."""
    page.goto(page.url.partition("?")[0] + "?state=allowed&sort=week")
    page.click("[data-row] a >> nth=0")


def _visit(page: Page) -> None:
    _course(page)
    page.click("nav.acts a[href$='/record/visit/']")


def _hand_over(page: Page) -> None:
    _course(page)
    page.click("text=Go to hand over")


def _administration(page: Page) -> None:
    page.click("nav.ways >> text=Clinic")


def _patient(page: Page) -> None:
    """A patient's own page, on their phone: the nurse makes the link, the patient opens it."""
    page.goto(page.url.partition("?")[0] + "?state=on_treatment&sort=week")
    page.click("[data-row] a >> nth=0")
    page.click("nav.tabs >> text=Patient's page")
    page.locator("button", has_text=re.compile("Invite the patient|Make a fresh link")).click()
    link = page.locator("p.code.long").inner_text()
    page.context.clear_cookies()
    page.goto(link)
    page.click("main button")
    page.click("nav.mine-ways >> text=Home")


PICTURES: dict[str, tuple[str, Callable[[Page], None], dict[str, Any]]] = {
    "worklist": ("doctor", _worklist, {"viewport": WIDE}),
    "course": ("doctor", _course, {"viewport": WIDE}),
    "visit": ("nurse", _visit, {"viewport": WIDE}),
    "hand-over": ("pharmacist", _hand_over, {"viewport": WIDE}),
    "settings": ("admin", _administration, {"viewport": WIDE}),
    "phone-dark": ("nurse", _worklist, {"viewport": PHONE, "color_scheme": "dark"}),
    "patient": ("nurse", _patient, {"viewport": PHONE}),
}


def take(browser: Any, at: str, name: str) -> None:
    """One picture."""
    who, go, how = PICTURES[name]
    page = browser.new_context(**how).new_page()
    page.goto(f"{at}/account/login/")
    page.fill("#id_login", who)
    page.fill("#id_password", PASSWORD)
    page.click("form.stack button")
    page.wait_for_url(lambda url: "/account/login/" not in url)
    go(page)
    page.wait_for_load_state("networkidle")
    page.screenshot(path=ASSETS / f"clinic-{name}.png")
    page.context.close()


def main() -> int:
    """Take them all; the exit status."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        print("chromium is not installed (Debian: apt-get install chromium).", file=sys.stderr)
        return 2
    with demonstration() as at, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=_QUIET)
        for name in PICTURES:
            take(browser, at, name)
            print(f"written: docs/assets/clinic-{name}.png")
        browser.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
