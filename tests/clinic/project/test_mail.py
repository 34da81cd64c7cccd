"""The mail server is the one that the environment names, and the demonstration has none."""

from pathlib import Path

import pytest

from isocourse.clinic.project import environment, mail
from isocourse.clinic.project.environment import NotSetUp


@pytest.mark.parametrize(
    ("url", "port", "tls", "ssl"),
    [
        ("smtp://mail.example.org", 25, False, False),
        ("smtp+tls://mail.example.org", 587, True, False),
        ("smtps://mail.example.org:4650", 4650, False, True),
    ],
)
def test_a_server_is_named_by_its_address(url: str, port: int, tls: bool, ssl: bool) -> None:
    said = mail.mail({environment.MAIL: url.replace("://", "://us%40er:pa%3Ass@")})
    assert said["EMAIL_HOST"] == "mail.example.org" and said["EMAIL_PORT"] == port
    assert (said["EMAIL_USE_TLS"], said["EMAIL_USE_SSL"]) == (tls, ssl)
    assert (said["EMAIL_HOST_USER"], said["EMAIL_HOST_PASSWORD"]) == ("us@er", "pa:ss")


@pytest.mark.parametrize("url", ["http://mail.example.org", "smtp://", "mail.example.org"])
def test_what_is_no_address_of_a_server_is_told(url: str) -> None:
    with pytest.raises(NotSetUp, match="EMAIL_URL"):
        mail.mail({environment.MAIL: url})


def test_nothing_leaves_the_demonstration(tmp_path: Path) -> None:
    given = {environment.DEMONSTRATION: "1", environment.DATA: str(tmp_path)}
    said = mail.mail({**given, environment.MAIL: "smtp://mail.example.org"})
    assert said["EMAIL_BACKEND"].endswith("filebased.EmailBackend")
    assert said["EMAIL_FILE_PATH"] == tmp_path / "demonstration" / "mail"


def test_mail_is_kept_in_a_folder_or_printed(tmp_path: Path) -> None:
    assert mail.mail({})["EMAIL_BACKEND"].endswith("console.EmailBackend")
    assert mail.mail({environment.MAIL: "console:"}) == mail.mail({})
    kept = mail.mail({environment.MAIL: f"folder:{tmp_path}"})
    assert kept["EMAIL_FILE_PATH"] == tmp_path


def test_links_begin_with_the_address_of_the_clinic() -> None:
    assert mail.address({environment.ADDRESS: "https://x.example.org/"}) == "https://x.example.org"
    assert mail.sender({environment.SENDER: "Visits <v@example.org>"}) == "Visits <v@example.org>"
