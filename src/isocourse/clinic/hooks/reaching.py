"""Which machines may be reached: those of the internet, and private ones that were named.

The address of a system's keys is typed by an administrator of a clinic, and an EHR names further
addresses of its own. Neither may make this server ask a machine of its private network, or itself.
Only whoever runs the server names such machines: in the file of the hooks, or in a variable.
"""

import os
import socket
import ssl
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPSConnection
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any
from urllib.parse import urlsplit
from urllib.request import HTTPHandler, HTTPSHandler, Request

from isocourse.clinic.hooks.configuration import configured
from isocourse.clinic.project.telling import Told

PRIVATE = "ISOCOURSE_PRIVATE_HOSTS"
_NAT64 = IPv6Network("64:ff9b::/96")
Address = IPv4Address | IPv6Address


class BadHosts(Told):
    """The variable with private machines cannot be used; says what is wrong with it."""


def may_reach(host: str, address: str, given: Mapping[str, str] = os.environ) -> bool:
    """Whether a machine of this name may be reached at this address."""
    at = _inner(ip_address(address.partition("%")[0]))
    if at.is_global and not at.is_multicast:
        return True
    names, networks = named(given)
    return host.lower() in names or any(at in each for each in networks)


def _inner(at: Address) -> Address:
    """The IPv4 address that an IPv6 address carries to, if it does."""
    if isinstance(at, IPv4Address):
        return at
    nat64 = IPv4Address(int(at) & 0xFFFFFFFF) if at in _NAT64 else None
    return at.ipv4_mapped or at.sixtofour or nat64 or at


def named(given: Mapping[str, str] = os.environ) -> tuple[frozenset[str], tuple[Any, ...]]:
    """The machines by name, and the networks, that may be private. Raises BadHosts."""
    told = [each.strip().lower() for each in given.get(PRIVATE, "").split(",") if each.strip()]
    networks = []
    for each in told:
        if "/" in each or "://" in each:
            try:
                networks.append(ip_network(each))
            except ValueError:
                raise BadHosts(
                    f"{PRIVATE}: found {each!r}, expected names of machines, addresses, or "
                    "networks such as 10.20.0.0/16, with commas."
                ) from None
    return frozenset(told) | _of_the_file(), tuple(networks)


def _of_the_file() -> frozenset[str]:
    """The machines that the file of the hooks names."""
    hooks = configured()
    if hooks is None:
        return frozenset()
    urls = [each.jwks for each in hooks.callers.values() if each.jwks]
    urls += [server for each in hooks.callers.values() for server in each.fhir_servers]
    urls += list(hooks.launches)
    return frozenset(urlsplit(each).hostname or "" for each in urls)


def _connected(host: str, port: int, timeout: Any) -> socket.socket:
    """A connection to one of the addresses of a machine that may be reached. Raises OSError."""
    trouble = OSError("the machine has no address")
    for *_, (address, *_) in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        if not may_reach(host, str(address)):
            trouble = OSError(f"its address is private, and {PRIVATE} does not name it")
            continue
        try:
            return socket.create_connection((str(address), port), timeout)
        except OSError as error:
            trouble = error
    raise trouble


class _Plain(HTTPConnection):
    """A connection that looks where it leads before it is made."""

    def connect(self) -> None:
        """Connect."""
        self.sock = _connected(self.host, self.port, self.timeout)


class _Encrypted(HTTPSConnection):
    """The same over TLS: the certificate has to be that of the name."""

    def __init__(self, *given: Any, context: ssl.SSLContext, **named: Any) -> None:
        super().__init__(*given, context=context, **named)
        self._tls = context

    def connect(self) -> None:
        """Connect."""
        self.sock = _connected(self.host, self.port, self.timeout)
        self.sock = self._tls.wrap_socket(self.sock, server_hostname=self.host)


def _by_a_proxy(request: Request) -> bool:
    """Whether the environment sends a request by a proxy, which then decides what it reaches."""
    return urlsplit(request.full_url).netloc != request.host


class Plain(HTTPHandler):
    """Opens http:// where it may be."""

    def http_open(self, req: Request) -> Any:
        """Open it."""
        return super().http_open(req) if _by_a_proxy(req) else self.do_open(_Plain, req)


class Encrypted(HTTPSHandler):
    """Opens https:// where it may be."""

    def __init__(self) -> None:
        self._tls = ssl.create_default_context()
        super().__init__(context=self._tls)

    def https_open(self, req: Request) -> Any:
        """Open it."""
        if _by_a_proxy(req):
            return super().https_open(req)

        def made(host: str, /, **named: Any) -> HTTPConnection:
            return _Encrypted(host, context=self._tls, **named)

        return self.do_open(made, req)
