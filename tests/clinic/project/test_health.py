"""Whoever watches the server is told by any name; a page is shown under the clinic's only."""

import pytest
from tests.clinic.browsing import Browser


@pytest.mark.parametrize("name", ["localhost", "10.0.0.7:8000", "clinic.example"])
def test_health_and_readiness_are_told_by_any_name(
    sqlite: str, settings: object, name: str
) -> None:
    settings.ALLOWED_HOSTS = ["clinic.example"]  # type: ignore[attr-defined]
    browser = Browser()
    assert browser.get("/health", headers={"Host": name}).content == b"up\n"
    assert browser.get("/ready", headers={"Host": name}).content == b"ready\n"
    shown = browser.get("/account/login/", headers={"Host": name}).status_code
    assert shown == (200 if name == "clinic.example" else 400)
