"""Our own marks in FHIR: the extensions that carry an event and a course whole.

A resource that isocourse wrote says the same twice: in the elements that everybody reads, and in
an extension that keeps the event to the letter. If somebody has changed the resource since, the
two differ, and then what the extension says no longer counts.
"""

import json
from typing import Any

from isocourse.exchange.fhir.looking import Json, parts, text

EVENT = "urn:isocourse:fhir:event"
COURSE = "urn:isocourse:fhir:course"
KIND = "urn:isocourse:fhir:kind"
WORD = "urn:isocourse:fhir:word"
DERIVED = "urn:isocourse:fhir:derived"


def mark(url: str, said: Any) -> Json:
    """The extension that carries something of ours."""
    return {"url": url, "valueString": json.dumps(said, ensure_ascii=False)}


def marked(resource: Json, url: str) -> Json | None:
    """What such an extension carries; None when there is none, or it cannot be read."""
    for each in parts(resource, "extension"):
        if text(each, "url") == url:
            try:
                said = json.loads(text(each, "valueString") or "")
            except (ValueError, RecursionError):
                return None
            return said if isinstance(said, dict) else None
    return None


def is_derived(resource: Json) -> bool:
    """Whether a resource tells what an assessment said: it is worked out anew and not read."""
    return any(text(each, "system") == DERIVED for each in parts(resource.get("meta"), "tag"))
