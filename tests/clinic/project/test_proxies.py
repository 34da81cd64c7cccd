"""Behind proxies of one's own the clinic knows who asks, and believes nobody else about it."""

import pytest
from django.http import HttpRequest, HttpResponse
from tests.clinic import team
from tests.clinic.browsing import Browser

from isocourse.clinic.portal import doors
from isocourse.clinic.project import environment
from isocourse.clinic.project.environment import PROXY, NotSetUp
from isocourse.clinic.project.proxies import whence

OF_THE_PROXY = "10.0.0.1"
WRONG = "/my/in/wrong/"


def seen(proxies: int, header: str | None, settings: object) -> str:
    """The address of a request that came from the proxy with a header."""
    settings.PROXIES = proxies  # type: ignore[attr-defined]
    request = HttpRequest()
    request.META["REMOTE_ADDR"] = OF_THE_PROXY
    if header is not None:
        request.META["HTTP_X_FORWARDED_FOR"] = header
    whence(lambda _: HttpResponse())(request)
    return str(request.META["REMOTE_ADDR"])


@pytest.mark.parametrize(
    ("proxies", "header", "found"),
    [
        (0, "203.0.113.9", OF_THE_PROXY),
        (1, None, OF_THE_PROXY),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        (2, "198.51.100.1, 203.0.113.9,10.0.0.7", "203.0.113.9"),
        (2, "203.0.113.9", OF_THE_PROXY),
        (1, "203.0.113.9:4711", "203.0.113.9"),
        (1, "[2001:db8::1]:4711", "2001:db8::1"),
        (1, "2001:db8:0:0::1", "2001:db8::1"),
        (1, "203.0.113.9, unknown", OF_THE_PROXY),
        (1, "", OF_THE_PROXY),
        (1, "203.0.113.9' OR 1", OF_THE_PROXY),
    ],
)
def test_only_what_our_own_proxies_wrote_is_believed(
    proxies: int, header: str | None, found: str, settings: object
) -> None:
    assert seen(proxies, header, settings) == found


def come(address: str, browser: Browser, to: str) -> int:
    """A patient's request through the proxy."""
    forged = "198.51.100.1"
    answer = browser.get(to, headers={"X-Forwarded-For": f"{forged}, {address}"})
    return int(answer.status_code)


def test_behind_a_proxy_one_who_guesses_shuts_out_nobody_else(
    sqlite: str, settings: object
) -> None:
    settings.PROXIES = 1  # type: ignore[attr-defined]
    good = f"/my/in/{doors.invite(team.opened(team.clinic()), None)}/"
    browser = Browser(REMOTE_ADDR=OF_THE_PROXY)
    assert {come("203.0.113.9", browser, WRONG) for _ in range(10)} == {404}
    assert come("203.0.113.9", browser, good) == 429
    assert come("203.0.113.10", browser, good) == 200


def test_behind_a_proxy_one_who_guesses_passwords_shuts_out_nobody_else(
    sqlite: str, settings: object
) -> None:
    settings.PROXIES = 1  # type: ignore[attr-defined]
    user = team.member(team.clinic(), "auditor")
    user.set_password("a long word of ours 7")
    user.save()
    wrong = {"login": "nobody", "password": "wrong"}
    right = {"login": user.username, "password": "a long word of ours 7"}

    def sign_in(address: str, said: dict[str, str]) -> int:
        browser = Browser(REMOTE_ADDR=OF_THE_PROXY)
        to = "/account/login/"
        answer = browser.post(to, said, headers={"X-Forwarded-For": address})
        return int(answer.status_code)

    for number in range(6):
        sign_in("203.0.113.9", wrong | {"login": f"nobody{number}"})
    assert sign_in("203.0.113.9", right) != 302
    assert sign_in("203.0.113.10", right) == 302


@pytest.mark.parametrize(("told", "many"), [("", 0), ("0", 0), ("1", 1), (" 2 ", 2)])
def test_how_many_proxies_there_are_is_told(told: str, many: int) -> None:
    assert environment.proxies({PROXY: told}) == many and environment.proxies({}) == 0


@pytest.mark.parametrize("told", ["yes", "-1", "10", "²", "1.0"])
def test_anything_else_is_refused_in_words(told: str) -> None:
    with pytest.raises(NotSetUp, match="how many proxies"):
        environment.proxies({PROXY: told})
