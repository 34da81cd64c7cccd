"""No machine of a private network is asked for anything, unless it was named to the server."""

import socket
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.clinic.hooks.ehr import serving

from isocourse.clinic.hooks import fetching
from isocourse.clinic.hooks.configuration import HOOKS
from isocourse.clinic.hooks.reaching import PRIVATE, BadHosts, may_reach, named

INSIDE = [
    "127.0.0.1",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",  # noqa: S104
    "224.0.0.1",
    "::1",
    "fe80::1%eth0",
    "fd00::1",
    "::ffff:10.1.2.3",
    "64:ff9b::10.1.2.3",
    "2002:a01:203::1",
]
OUTSIDE = ["93.184.216.34", "2606:2800:220:1::1", "64:ff9b::93.184.216.34"]


@pytest.mark.parametrize("address", INSIDE)
def test_a_private_address_is_refused_until_its_machine_is_named(address: str) -> None:
    assert not may_reach("ehr.inside", address, {})
    assert not may_reach("ehr.inside", address, {PRIVATE: "other.inside, 198.18.0.0/15"})
    assert may_reach("EHR.inside", address, {PRIVATE: "other.inside, ehr.INSIDE"})


@pytest.mark.parametrize("address", OUTSIDE)
def test_the_internet_is_reached(address: str) -> None:
    assert may_reach("ehr.example", address, {})


def test_a_network_can_be_named() -> None:
    given = {PRIVATE: "10.20.0.0/16, fd12::/16"}
    assert may_reach("a", "10.20.255.255", given) and may_reach("a", "fd12::7", given)
    assert not may_reach("a", "10.21.0.0", given) and not may_reach("a", "fd13::7", given)
    assert may_reach("a", "::ffff:10.20.0.1", given)


@given(st.ip_addresses(v=4, network="10.0.0.0/8") | st.ip_addresses(v=6, network="fc00::/7"))
def test_no_private_address_is_reached_unnamed(address: Any) -> None:
    assert not may_reach("ehr.inside", str(address), {})


@pytest.mark.parametrize("told", ["10.20.0.1/16", "https://ehr.inside", "a/b"])
def test_what_cannot_be_used_is_said(told: str) -> None:
    with pytest.raises(BadHosts, match="names of machines"):
        named({PRIVATE: told})


def test_the_name_is_looked_up_before_anything_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name outside that leads inside, as an attacker's own may."""
    monkeypatch.delenv(PRIVATE, raising=False)
    monkeypatch.delenv(HOOKS, raising=False)
    with serving({"/": {"a": 1}}) as (address, seen):
        inside = address.removeprefix("http://").rpartition(":")
        found = socket.getaddrinfo(inside[0], int(inside[2]), type=socket.SOCK_STREAM)
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
        for scheme in ("http", "https"):
            with pytest.raises(OSError, match="private"):
                fetching.fetch(f"{scheme}://evil.example:{inside[2]}/")
        assert not seen
        monkeypatch.setenv(PRIVATE, "evil.example")
        assert fetching.fetch(f"http://evil.example:{inside[2]}/") == {"a": 1}


def test_a_machine_that_the_file_of_the_hooks_names_is_reached(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv(PRIVATE, raising=False)
    with serving({"/": {"a": 1}}) as (address, _):
        file = tmp_path / "hooks.toml"
        client = f'[[client]]\nissuer = "x"\njwks = "{address}/jwks"\n'
        file.write_text(f'format = "isocourse.hooks/1"\n{client}')
        with pytest.raises(OSError, match="private"):
            fetching.fetch(address)
        monkeypatch.setenv(HOOKS, str(file))
        assert fetching.fetch(address) == {"a": 1}


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def seconds(monkeypatch: pytest.MonkeyPatch) -> Clock:
    held = Clock()
    monkeypatch.setattr(fetching, "time", held)
    monkeypatch.setenv(PRIVATE, "127.0.0.1")
    return held


def test_an_address_that_did_not_answer_is_left_alone_for_a_while(seconds: Clock) -> None:
    answers: dict[str, Any] = {}
    with serving(answers) as (address, seen):
        for _ in range(3):
            with pytest.raises(OSError, match="404"):
                fetching.published(f"{address}/jwks")
        assert len(seen) == 1
        answers["/jwks"] = {"keys": []}
        seconds.now += fetching.BAD_FOR
        assert fetching.published(f"{address}/jwks") == {"keys": []} and len(seen) == 2


def test_a_new_key_is_found_soon_and_an_unknown_one_asks_seldom(seconds: Clock) -> None:
    answers: dict[str, Any] = {"/jwks": {"keys": [{"kid": "old"}]}}
    with serving(answers) as (address, seen):
        url = f"{address}/jwks"
        assert fetching.key_named(url, "old") == {"kid": "old"}
        answers["/jwks"] = {"keys": [{"kid": "old"}, {"kid": "new"}]}
        for _ in range(3):
            assert fetching.key_named(url, "new") is None and len(seen) == 1
        seconds.now += fetching.BAD_FOR
        assert fetching.key_named(url, "old") == {"kid": "old"} and len(seen) == 1
        assert fetching.key_named(url, "new") == {"kid": "new"} and len(seen) == 2
        seconds.now += fetching.GOOD_FOR
        assert fetching.key_named(url, "old") == {"kid": "old"} and len(seen) == 3
