"""The registry's word, and capsules that go back to stock: recorded, never issued."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from isocourse.clinic.access.needing import needs
from isocourse.clinic.people.places import Here
from isocourse.clinic.prescribing.cancelling import written
from isocourse.clinic.visits.filling import Filling, fill
from isocourse.clinic.visits.parts.part import Part, Said, day, listed, one_of, text
from isocourse.clinic.visits.shapes import Shape


class _OfPrescription(Part):
    """Something about one prescription."""

    prescription_id = listed(_("Prescription"), [])

    def prepare(self) -> None:
        """What is known beforehand."""
        held = written(self.known)
        field = self.fields["prescription_id"]
        field.choices = [("", "–"), *held]  # type: ignore[attr-defined]
        self.begin(prescription_id=held[0][0] if held else "")

    def incomplete(self) -> Iterator[tuple[str, str]]:
        """Which one."""
        if not self.told("prescription_id"):
            yield "prescription_id", _now("Choose the prescription.")


class Authorised(_OfPrescription):
    """The registry gave its word, or took it back."""

    name, title = "authorisation", _("The registry's word")
    word = one_of(
        _("The registry has"), [("given", _("authorised it")), ("reversed", _("taken it back"))]
    )
    registry_number = text(_("The registry's number"))
    after = day(_("Do not hand over after"), _("If the registry names a last day."))

    def prepare(self) -> None:
        """What is known beforehand."""
        super().prepare()
        self.begin(word="given")

    def incomplete(self) -> Iterator[tuple[str, str]]:
        """The number is the registry's word."""
        yield from super().incomplete()
        if not self.told("registry_number"):
            yield "registry_number", _now("Give the number as the registry shows it.")

    def said(self) -> Iterator[Said]:
        """The word of the registry."""
        keys, now = {"number": self.told("registry_number")}, self.known.now.isoformat()
        if self.told("word") == "reversed":
            yield Said("authorisation_reversed", keys, {"number": "registry_number"}, now)
            return
        keys["prescription_id"] = self.told("prescription_id")
        if self.told("after"):
            keys["do_not_dispense_after"] = self.told("after")
        fields = {"number": "registry_number", "do_not_dispense_after": "after"}
        yield Said("authorisation", keys, fields, now)


class Returned(_OfPrescription):
    """Capsules were prepared and not collected, or brought back."""

    name, title = "returned", _("Back to stock")
    note = text(_("Note"), rows=2)

    def said(self) -> Iterator[Said]:
        """The return."""
        keys = {name: self.told(name) for name in ("prescription_id", "note") if self.told(name)}
        fields = {name: name for name in keys}
        yield Said("return_to_stock", keys, fields, self.known.now.isoformat())


AUTHORISATION = Shape(
    _("The registry's word"),
    _("Copy what the registry shows. isocourse never issues it and never stands in for it."),
    (Authorised,),
)
RETURN = Shape(
    _("Back to stock"),
    _("Capsules that were prepared and not collected, or that were brought back."),
    (Returned,),
)


@needs("record_authorisation")
@require_http_methods(["GET", "POST"])
def authorisation(request: HttpRequest, here: Here, code: str) -> HttpResponse:
    """Record that the registry authorised a hand-over, or took its word back."""
    return fill(request, here, code, Filling("authorisation", AUTHORISATION))


@needs("return_to_stock")
@require_http_methods(["GET", "POST"])
def return_to_stock(request: HttpRequest, here: Here, code: str) -> HttpResponse:
    """Record that capsules went back to stock."""
    return fill(request, here, code, Filling("return", RETURN))
