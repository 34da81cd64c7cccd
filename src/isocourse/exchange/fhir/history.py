"""Conditions, allergies, operations: what is known of the patient before and beside the course.

What rules do not know is kept by its own word, so that it is shown and named as not looked at. A
condition or an allergy without a day counts from birth: it is never lost for want of a date.
"""

import re

from isocourse.events.fields import ID_LIMIT
from isocourse.exchange.fhir.codes import row_of, word_in
from isocourse.exchange.fhir.looking import Json, codings, part, text, words
from isocourse.exchange.fhir.making import Made, recorded, usable_resource
from isocourse.exchange.fhir.moments import first_day, moment
from isocourse.exchange.fhir.people import role_in

_GONE = ("inactive", "remission", "resolved")
_ONSET = ("onsetDateTime", "onsetPeriod.start", "recordedDate")
_ENDED = ("abatementDateTime", "abatementPeriod.end", "abatementPeriod.start")
_NOT_OF_A_WORD = re.compile(r"[^a-z0-9ß-öø-ÿœα-ω_.,:'’()/+%&-]+")
_NO_ALLERGY = "716186003"
_REFUTED = ("refuted", "entered-in-error")


def as_word(said: str) -> str | None:
    """A text as a word of an open list; None when nothing of it is left."""
    spaced = _NOT_OF_A_WORD.sub(" ", said.lower()).strip()
    word = spaced.lstrip("_.,:'’()/+%&- ")[:ID_LIMIT].strip()
    return word or None


def _state(resource: Json, element: str) -> str:
    """The code of a status that is a CodeableConcept."""
    return next((coding.code for coding in codings(part(resource, element))), "")


def _since(made: Made, resource: Json, *keys: str) -> str | None:
    """The day on which it was first known, else the day of birth."""
    at = first_day(resource, *keys)
    if at is None and made.born is not None:
        made.tell(resource, keys[0], "a day; it counts from birth", "give the day")
        return made.born.isoformat()
    return at


def condition(made: Made, resource: Json) -> None:
    """A disease that is present or has gone; acne is a diagnosis and needs its severity."""
    if not usable_resource(made, resource) or _refuted(made, resource):
        return
    concept = part(resource, "code")
    row = row_of("condition", concept)
    word = row["word"] if row else word_in("condition", concept)
    if word is None and (row_of("acne", concept) or word_in("acne", concept)):
        _acne(made, resource)
    else:
        _disease(made, resource, word or as_word(words(concept)))
    made.leave(
        resource,
        *(["clinicalStatus", "verificationStatus", "code", "severity", "recordedDate", "bodySite"]),
        *(["onsetDateTime", "onsetPeriod", "abatementDateTime", "abatementPeriod"]),
    )


def _refuted(made: Made, resource: Json) -> bool:
    refuted = _state(resource, "verificationStatus") in _REFUTED
    if refuted:
        made.tell(resource, "verificationStatus", "one that was not refuted", "nothing, if so")
    return refuted


def _disease(made: Made, resource: Json, word: str | None) -> None:
    if word is None:
        made.tell(resource, "code", "a code with a display, or a text", "record the condition")
        return
    ended = first_day(resource, *_ENDED)
    gone = ended is not None or _state(resource, "clinicalStatus") in _GONE
    keys = {"condition": word}
    began = _since(made, resource, *_ONSET)
    if began:
        late = {"recorded_at": recorded(resource, "recordedDate", began)}
        made.add(resource, "condition", began, keys | {"status": "active"} | late)
    if gone:
        at = moment(resource, *_ENDED) or moment(resource, "recordedDate")
        if at is None:
            made.tell(resource, "abatementDateTime", "the day on which it was over", "give the day")
        else:
            made.add(resource, "condition", at, keys | {"status": "resolved"})


def _acne(made: Made, resource: Json) -> None:
    said = words(part(resource, "code")).lower()
    named = {"conglob": "conglobate", "fulminans": "fulminans", "nodul": "nodular"}
    row = row_of("severity", part(resource, "severity"))
    severity = next((word for part_of, word in named.items() if part_of in said), None)
    severity = severity or (row["word"] if row else None)
    at = moment(resource, "recordedDate", *_ONSET)
    if severity is None:
        made.tell(resource, "severity", "mild, moderate or severe", "record the diagnosis")
    elif at is None:
        made.tell(resource, "recordedDate", "the day of the diagnosis", "record the diagnosis")
    else:
        made.add(resource, "diagnosis", at, {"severity": severity})


def allergy(made: Made, resource: Json) -> None:
    """A substance that the patient does not tolerate."""
    if not usable_resource(made, resource) or _refuted(made, resource):
        return
    concept = part(resource, "code")
    if any(coding.code == _NO_ALLERGY for coding in codings(concept)):
        _asked_about(made, resource)
    elif _state(resource, "clinicalStatus") in _GONE:
        made.tell(resource, "clinicalStatus", "an allergy that is active", "look whether it holds")
    else:
        _substance(made, resource, concept)
    made.leave(
        resource,
        *(["clinicalStatus", "verificationStatus", "type", "criticality", "code", "onsetDateTime"]),
        *(["recordedDate", "assertedDate"]),
    )


def _asked_about(made: Made, resource: Json) -> None:
    """No known allergy: it was asked about that day."""
    at = moment(resource, "recordedDate")
    if at is None:
        made.tell(resource, "recordedDate", "the day on which it was asked", "record the review")
    else:
        made.add(resource, "history_review", at, {"topics": ["allergies"]})


def _substance(made: Made, resource: Json, concept: Json) -> None:
    row = row_of("substance", concept)
    word = row["word"] if row else word_in("substance", concept)
    word = word or as_word(words(concept))
    if word is None:
        made.tell(resource, "code", "a code with a display, or a text", "record the allergy")
        return
    at = _since(made, resource, "onsetDateTime", "recordedDate")
    if at:
        late = {"recorded_at": recorded(resource, "recordedDate", at)}
        made.add(resource, "allergy", at, {"substance": word} | late)


def procedure(made: Made, resource: Json) -> None:
    """An operation after which nobody becomes pregnant; it counts where the place accepts it."""
    if not usable_resource(made, resource, ("completed",)):
        return
    row = row_of("procedure", part(resource, "code"))
    if row is None:
        said = words(part(resource, "code")) or "no code"
        made.tell(resource, "code", f"a code of the mapping ({said} is none)", "see the mapping")
        return
    at = moment(resource, "performedDateTime", "performedPeriod.end")
    if at is None:
        made.tell(resource, "performedDateTime", "the day of the operation", "record the category")
        return
    keys = {"can_become_pregnant": False, "reason": row["word"]}
    made.add(resource, "pregnancy_category", at, keys)
    made.leave(resource, *["status", "code", "performedDateTime", "performedPeriod", "bodySite"])


def encounter(made: Made, resource: Json) -> None:
    """A visit to somebody whose role is known; any other meeting is no visit of this course."""
    if not usable_resource(made, resource, ("finished", "in-progress", "arrived", "triaged")):
        return
    role, at = role_in(made, resource), moment(resource, "period.start")
    if role is None:
        expected = "a participant or service whose specialty is in the mapping"
        made.tell(resource, "participant", expected, "record the visit, if it was one")
    elif at is None:
        made.tell(resource, "period", "the day of the visit", "record the visit")
    else:
        kind = text(resource, "class", "code")
        mode = {"VR": "remote", "AMB": "in_person", "HH": "in_person", "IMP": "in_person"}
        if kind in mode:
            made.add(resource, "visit", at, {"mode": mode[kind], "role": role})
        else:
            made.tell(resource, "class", "AMB, HH, IMP or VR", "record the visit")
    made.leave(
        resource, *["status", "class", "participant", "period", "serviceType", "serviceProvider"]
    )
