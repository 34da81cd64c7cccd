"""What an EHR sends, read leniently where others differ and strictly where it matters."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from isocourse.events.problems import shown
from isocourse.exchange.fhir.looking import Json, part, parts, text, texts
from isocourse.exchange.fhir.reading import resources
from isocourse.exchange.hooks.refusing import BadRequest
from isocourse.exchange.hooks.services import Service

LARGEST = 10_000_000
_ID = re.compile(r"[A-Za-z0-9\-.]{1,64}", re.ASCII)
_WITH_DRAFTS = ("order-select", "order-sign")


@dataclass(frozen=True, slots=True)
class Request:
    """A call of a service: whose record, which orders, and what came with it."""

    hook: str
    instance: str
    patient: str
    orders: tuple[Json, ...] = ()
    named: tuple[str, ...] = ()  # references of orders that go to a pharmacy
    prefetch: Json = field(default_factory=dict)
    server: str | None = None
    token: str | None = None


def read_request(body: bytes | str, service: Service) -> Request:
    """The request of a body. Raises BadRequest with what is wrong with it."""
    held = _object(body)
    hook = _wanted(held, "hook")
    if hook != service.hook:
        raise BadRequest(f"hook: found {shown(hook)}, expected {service.hook} of this service.")
    context = part(held, "context")
    if not context:
        raise BadRequest("context: found nothing, expected an object; add it.")
    patient = (text(context, "patientId") or "").removeprefix("Patient/")
    if not _ID.fullmatch(patient):
        found = shown(context.get("patientId"))
        raise BadRequest(f"context.patientId: found {found}, expected the id of a Patient.")
    access = part(held, "fhirAuthorization")
    return Request(
        hook=hook,
        instance=_wanted(held, "hookInstance"),
        patient=patient,
        orders=_drafts(context) if hook in _WITH_DRAFTS else (),
        named=_dispatched(context) if hook == "order-dispatch" else (),
        prefetch=_prefetch(held),
        server=text(held, "fhirServer"),
        token=text(access, "access_token"),
    )


def _object(body: bytes | str) -> Json:
    if len(body) > LARGEST:
        raise BadRequest(f"found {len(body)} bytes, expected at most {LARGEST}.")
    try:
        held = json.loads(body)
    except (ValueError, RecursionError):
        raise BadRequest("the body is not JSON; send a CDS Hooks request.") from None
    if not isinstance(held, dict):
        raise BadRequest(f"found {shown(held)}, expected an object with hook and context.")
    return held


def _wanted(held: Json, key: str) -> str:
    said = text(held, key)
    if said is None:
        raise BadRequest(f"{key}: found {shown(held.get(key))}, expected text; add it.")
    return said


def _prefetch(held: Json) -> Json:
    sent = held.get("prefetch")
    if sent is not None and not isinstance(sent, dict):
        raise BadRequest(f"prefetch: found {shown(sent)}, expected an object of resources.")
    return sent or {}


def _drafts(context: Json) -> tuple[Json, ...]:
    """Every draft order; the Bundle may come without a type, as that of many EHRs does."""
    bundle = part(context, "draftOrders")
    if not bundle or not isinstance(bundle.get("entry", []), list):
        found = shown(context.get("draftOrders"))
        raise BadRequest(f"context.draftOrders: found {found}, expected a Bundle of orders.")
    return tuple(resources(bundle))


def _dispatched(context: Json) -> tuple[str, ...]:
    """The orders that are sent out: one by `order`, or several by `dispatchedOrders`."""
    named = list(_references(context))
    if not named:
        raise BadRequest("context.order: found nothing, expected the reference of an order.")
    return tuple(dict.fromkeys(named))


def _references(context: Json) -> Iterator[str]:
    one = text(context, "order")
    if one:
        yield one
    yield from texts(context, "dispatchedOrders")
    yield from (ref for e in parts(context, "dispatchedOrders") if (ref := text(e, "reference")))
