"""Whence a request comes, when it comes through proxies of one's own.

To the server every request behind a proxy comes from that proxy. Locks by address (wrong links,
wrong passwords) would then shut everybody out for the mistakes of one.
"""

from collections.abc import Callable
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse

Respond = Callable[[HttpRequest], HttpResponse]


def whence(respond: Respond) -> Respond:
    """Let the address of a request be that of whoever asked the outermost proxy of ours.

    Each proxy adds at the end whom it was asked by. What stands before our own proxies' entries
    was written by the one who asks, and is not believed. Without proxies the header is not read.
    """

    def find(request: HttpRequest) -> HttpResponse:
        hops = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        if 0 < settings.PROXIES <= len(hops):
            found = _address(hops[-settings.PROXIES])
            request.META["REMOTE_ADDR"] = found or request.META.get("REMOTE_ADDR", "")
        return respond(request)

    return find


def _address(hop: str) -> str | None:
    """The address of an entry, without the port that some proxies add; None when it has none."""
    told = hop.strip()
    if told.startswith("["):
        told = told[1:].partition("]")[0]
    elif told.count(":") == 1:
        told = told.partition(":")[0]
    try:
        return str(ip_address(told))
    except ValueError:
        return None
