"""Letting a system read a clinic, and no longer."""

import json
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from django.db import transaction

from isocourse.clinic.administration.changing import note
from isocourse.clinic.administration.models import Kind
from isocourse.clinic.fhir.models import Access, Export, System
from isocourse.clinic.fhir.scopes import OFFERED, wrong
from isocourse.clinic.hooks.configuration import Caller
from isocourse.clinic.log import clock
from isocourse.clinic.people.models import User
from isocourse.clinic.people.places import Here

_PRIVATE = {"d", "p", "q", "dp", "dq", "qi", "k"}


class BadSystem(Exception):
    """What was told of a system cannot be used; says what is wrong."""


def let_read(here: Here, name: str, keys: str, scopes: str) -> System:
    """Let a system read this clinic; its keys are an address or a set of public keys.

    Raises BadSystem.
    """
    jwks, held = _keys(keys.strip())
    wanted = scopes.split()
    odd = wrong(wanted)
    if odd or not wanted:
        found = odd[0] if odd else "nothing"
        raise BadSystem(f"Scopes: found {found}, expected some of {', '.join(OFFERED[:3])}, ...")
    client_id = str(uuid4())
    with transaction.atomic():
        user = User(username=f"system:{client_id}", name=name, is_active=False)
        user.set_unusable_password()
        user.save()
        made = System.objects.create(
            clinic=here.clinic,
            user=user,
            client_id=client_id,
            jwks=jwks,
            keys=held,
            scopes=" ".join(wanted),
            made_at=clock.now(),
        )
        told = f"may read: {made.scopes}\nkeys: {jwks or held}"
        note(here.clinic, here.user, Kind.SETTINGS, f"{name} ({client_id})", after=told)
    return made


def _keys(told: str) -> tuple[str, str]:
    """The address of the keys, or the keys themselves."""
    if not told.startswith("{"):
        parts = urlsplit(told)
        if parts.scheme != "https" or not parts.hostname:
            raise BadSystem("Keys: expected an address with https://, or a JWKS with public keys.")
        return told, ""
    try:
        held: Any = json.loads(told)
    except (ValueError, RecursionError):
        raise BadSystem("Keys: this is not JSON.") from None
    keys = held.get("keys")
    if not isinstance(keys, list) or not keys or not all(isinstance(e, dict) for e in keys):
        raise BadSystem('Keys: expected {"keys": [...]} with at least one public key.')
    if any(_PRIVATE & set(each) for each in keys):
        raise BadSystem("Keys: a private key is among them; give public keys only, and change it.")
    if not all(isinstance(e.get("kid"), str) and e.get("kty") in ("EC", "RSA") for e in keys):
        raise BadSystem("Keys: each needs a kid, and kty EC (ES384) or RSA (RS384).")
    return "", json.dumps({"keys": keys})


def end(here: Here, system: System) -> None:
    """Let a system read no longer; its tokens are void at once."""
    with transaction.atomic():
        now = clock.now()
        if not System.objects.filter(pk=system.pk, ended=None).update(ended=now):
            return
        Access.objects.filter(system=system).delete()
        Export.objects.filter(system=system).delete()
        whom = f"{system} ({system.client_id})"
        note(here.clinic, here.user, Kind.SETTINGS, whom, f"may read: {system.scopes}", "ended")


def caller(system: System) -> Caller:
    """The same as one who signs tokens."""
    keys = json.loads(system.keys)["keys"] if system.keys else ()
    none: frozenset[str] = frozenset()
    return Caller(system.client_id, system.jwks or None, tuple(keys), none, none)
