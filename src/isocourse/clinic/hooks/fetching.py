"""Reading from an EHR: its keys and its FHIR server, over TLS, bounded in time and size.

Redirects are not followed: only what the configuration, an administrator, or the discovery of a
configured EHR names is reached, and of private machines only those that `reaching` allows.
"""

import json
import time
from collections.abc import Mapping
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin
from urllib.request import HTTPRedirectHandler, Request, build_opener

from isocourse.clinic.hooks.reaching import Encrypted, Plain
from isocourse.exchange.fhir.looking import parts, text

SECONDS, LARGEST, MOST_PAGES = 5, 10_000_000, 10
GOOD_FOR, BAD_FOR = 300.0, 30.0  # seconds for which a publication, or its lack, is remembered
_published: dict[str, tuple[float, Any]] = {}


class _NoRedirects(HTTPRedirectHandler):
    """A redirect is an error."""

    def redirect_request(
        self, req: Any, fp: Any, code: int, msg: str, headers: Any, to: str
    ) -> Any:
        """Refuse it."""
        raise HTTPError(req.full_url, code, "redirected", headers, fp)


_OPENER = build_opener(_NoRedirects, Plain, Encrypted)


def fetch(url: str, token: str | None = None) -> Any:
    """The JSON at an address. Raises OSError when it cannot be had."""
    headers = {"Accept": "application/fhir+json, application/json"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    return _json(Request(url, headers=headers))  # noqa: S310


def published(url: str, again: bool = False) -> Any:
    """What an EHR or a system publishes there (keys, how it authorizes), fetched once in a while.

    Anybody can bring us to ask for it, by a call that need not be signed. So an address that did
    not answer is not asked again for a while, nor one whose answer is missed to hold something
    (`again`). Raises OSError.
    """
    fetched, held = _published.get(url, (float("-inf"), None))
    lasts = BAD_FOR if again or isinstance(held, OSError) else GOOD_FOR
    if time.monotonic() - fetched >= lasts:
        try:
            held = fetch(url)
        except OSError as error:
            held = error
        _published[url] = time.monotonic(), held
    if isinstance(held, OSError):
        raise OSError(str(held))
    return held


def key_named(url: str, kid: Any) -> Mapping[str, Any] | None:
    """The public key of this name that is published there, also when it is new. Raises OSError."""
    for again in (False, True):
        held = published(url, again)
        for each in parts(held, "keys"):
            if each.get("kid") == kid:
                return dict(each)
    return None


def send_form(url: str, form: Mapping[str, str], authorization: str | None = None) -> Any:
    """The JSON that answers a form. Raises OSError when it cannot be had."""
    headers = {"Accept": "application/json"}
    if authorization:
        headers["Authorization"] = authorization
    return _json(Request(url, urlencode(form).encode(), headers))  # noqa: S310


def _json(request: Request) -> Any:
    try:
        with _OPENER.open(request, timeout=SECONDS) as answer:
            data = answer.read(LARGEST + 1)
    except HTTPError as refused:
        refused.close()  # else its connection stays open for as long as the refusal is remembered
        raise OSError(str(refused)) from None
    except HTTPException as broken:  # an answer that breaks off is none
        raise OSError(f"no whole answer came back: {broken}") from None
    if len(data) > LARGEST:
        raise OSError(f"more than {LARGEST} bytes")
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        raise OSError("no JSON came back") from None


class Server:
    """A FHIR server that may be read for a call."""

    def __init__(self, base: str, token: str | None) -> None:
        self._base, self._token = base.rstrip("/") + "/", token

    def read(self, address: str) -> Any:
        """What stands at a relative address; a search is followed to its last page."""
        found = fetch(urljoin(self._base, address), self._token)
        entries = parts(found, "entry")
        page = found
        for _ in range(MOST_PAGES):
            following = _next(page)
            if following is None:
                return found if page is found else found | {"entry": entries, "link": []}
            if not urljoin(self._base, following).startswith(self._base):
                raise OSError("the next page lies on another server")
            page = fetch(urljoin(self._base, following), self._token)
            entries = [*entries, *parts(page, "entry")]
        raise OSError(f"more than {MOST_PAGES} pages")


def _next(bundle: Any) -> str | None:
    links = parts(bundle, "link")
    return next((text(e, "url") for e in links if text(e, "relation") == "next"), None)
