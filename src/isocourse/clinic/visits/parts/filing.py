"""A photograph, a form or a letter that is kept elsewhere, and named here so that it is found."""

from collections.abc import Iterator

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from isocourse.clinic.visits.parts.part import Part, Said, text


class Filed(Part):
    """A document."""

    name, title, template = "document", _("Document"), "visits/document.html"
    hint = _("The file stays where it is kept. Here only its name, its place and its digest are.")
    called = text(_("What it is"), _("Such as: photograph of the face, consent, letter of the GP."))
    ref = text(_("Where it is kept"), _("The number or place by which your archive finds it."))
    the_sha256 = text(
        _("Its SHA-256 digest"), _("Filled in from the file, if you choose one above.")
    )

    def incomplete(self) -> Iterator[tuple[str, str]]:
        """A place and a digest, without which nobody can tell whether it is the same."""
        begun = any(self.told(name) for name in self.fields)
        if begun and not self.told("ref"):
            yield "ref", _now("Say where it is kept.")
        if begun and not self.told("the_sha256"):
            yield "the_sha256", _now("Choose the file, or give its digest.")

    def said(self) -> Iterator[Said]:
        """The document."""
        if self.told("ref"):
            keys = {"ref": self.told("ref"), "sha256": self.told("the_sha256").lower()}
            if self.told("called"):
                keys["title"] = self.told("called")
            yield Said("document", keys, {"ref": "ref", "sha256": "the_sha256", "title": "called"})
