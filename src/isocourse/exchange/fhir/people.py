"""Who did it: a role of ours, from a specialty, a qualification or the kind of service."""

from collections.abc import Iterator

from isocourse.exchange.fhir.codes import row_of
from isocourse.exchange.fhir.looking import Json, part, parts
from isocourse.exchange.fhir.making import Made

_REFERENCES = ("requester", "performer", "recorder", "asserter")


def role_in(made: Made, resource: Json) -> str | None:
    """The first role that is known of anybody who takes part."""
    for concept in _concepts(made, resource):
        row = row_of("role", concept)
        if row:
            return str(row["word"])
    return None


def _concepts(made: Made, resource: Json) -> Iterator[Json]:
    yield part(resource, "serviceType")
    named = [part(resource, key) for key in _REFERENCES]
    named += [part(each, "individual") for each in parts(resource, "participant")]
    named += [part(each, "actor") for each in parts(resource, "performer")]
    for reference in named:
        person = made.follow(resource, reference)
        yield from parts(person, "specialty")
        yield from parts(person, "code")
        yield from (part(each, "code") for each in parts(person, "qualification"))
