"""Scopes of SMART App Launch 2 for systems: which types may be read, and which searched."""

import re
from collections.abc import Iterable

from isocourse.exchange.endpoint.parameters import SERVED

_FORM = re.compile(r"system/(\*|[A-Za-z]+)\.(r|s|rs)")
READ, SEARCH = "r", "s"
OFFERED = ("system/*.rs", *(f"system/{kind}.rs" for kind in SERVED))


def granted(wanted: Iterable[str], allowed: Iterable[str]) -> list[str]:
    """The scopes that were asked for, as far as they were allowed; type by type."""
    held = list(allowed)
    found: list[str] = []
    for each in wanted:
        asked = _FORM.fullmatch(each)
        if asked is None:
            continue
        kinds = SERVED if asked[1] == "*" else [asked[1]]
        whole = asked[1] == "*" and all(may(held, kind, asked[2]) for kind in SERVED)
        for kind in kinds if not whole else ["*"]:
            letters = "".join(e for e in asked[2] if whole or may(held, kind, e))
            if letters:
                found.append(f"system/{kind}.{letters}")
    return list(dict.fromkeys(found))


def may(held: Iterable[str], kind: str, letters: str) -> bool:
    """Whether scopes allow all of some acts on a type."""
    if kind not in SERVED:
        return False
    given = {e for each in held for e in _letters(each, kind)}
    return set(letters) <= given


def _letters(scope: str, kind: str) -> str:
    found = _FORM.fullmatch(scope)
    return found[2] if found and found[1] in ("*", kind) else ""


def wrong(scopes: Iterable[str]) -> list[str]:
    """Those that are no scope of this server."""
    return [
        each
        for each in scopes
        if not (found := _FORM.fullmatch(each)) or found[1] not in ("*", *SERVED)
    ]
