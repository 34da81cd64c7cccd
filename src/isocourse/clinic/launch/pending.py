"""What a browser has under way: launches that were begun, and the one that was let in.

It lies in the session, sealed: a token of an EHR is never in the database to be read.
"""

import json
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.http import HttpRequest

from isocourse.clinic.log import clock

_BEGUN, _LET_IN, FRAMES = "launches", "launched", "launch_frames"
_MOST = 5


def _seal() -> MultiFernet:
    return MultiFernet([Fernet(key) for _, key in settings.SECRETS.data])


def begun(request: HttpRequest, state: str, said: dict[str, Any]) -> None:
    """Keep a launch until the EHR answers."""
    held = dict(list(request.session.get(_BEGUN, {}).items())[1 - _MOST :])
    request.session[_BEGUN] = held | {state: _closed(said)}


def taken(request: HttpRequest, state: str) -> dict[str, Any] | None:
    """The launch of a state, once: a second answer to it finds nothing."""
    held = request.session.get(_BEGUN, {})
    sealed = held.pop(state, None)
    request.session[_BEGUN] = held
    return _opened(sealed)


def let_in(request: HttpRequest, said: dict[str, Any], frames: list[str]) -> None:
    """Keep what the EHR let us see, and which of its pages may frame ours."""
    request.session[_LET_IN] = _closed(said)
    request.session[FRAMES] = frames


def launched(request: HttpRequest) -> dict[str, Any] | None:
    """What an EHR has let this browser see, while it holds."""
    return _opened(request.session.get(_LET_IN))


def over(request: HttpRequest) -> None:
    """Forget it."""
    request.session.pop(_LET_IN, None)


def _closed(said: dict[str, Any]) -> str:
    return _seal().encrypt(json.dumps(said).encode()).decode()


def _opened(sealed: Any) -> dict[str, Any] | None:
    if not isinstance(sealed, str):
        return None
    try:
        said: dict[str, Any] = json.loads(_seal().decrypt(sealed.encode()))
    except InvalidToken:
        return None
    return said if said["until"] > clock.now().timestamp() else None
