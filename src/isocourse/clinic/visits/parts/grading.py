"""The acne graded: GAGS added up from its six sites, and the scales of which a grade is chosen."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from isocourse.clinic.visits.parts.part import Part, Said, number, one_of
from isocourse.clinic.visits.tables import table
from isocourse.clinic.visits.words import say
from isocourse.events.kinds_findings import SCALE_TOPS

WORST = [
    ("0", _("0 none")),
    ("1", _("1 comedone")),
    ("2", _("2 papule")),
    ("3", _("3 pustule")),
    ("4", _("4 nodule")),
]
_OTHERS = [each for each in SCALE_TOPS if each != "gags"]


class Gags(Part):
    """The Global Acne Grading System: the worst lesion of each site, times the site's factor."""

    name, title, template = "gags", _("GAGS"), "visits/gags.html"
    hint = _(
        "Choose the worst lesion of each site, or give the total if it was added up elsewhere."
    )
    given = number(_("Total, if it was added up elsewhere"))

    def prepare(self) -> None:
        """What is known beforehand."""
        for site, row in table("gags").items():
            label = _now("%(site)s, times %(factor)s") % {
                "site": say(site),
                "factor": row["factor"],
            }
            self.fields[site] = one_of(label, list(WORST))

    @property
    def rows(self) -> list[tuple[Any, int]]:
        """The sites as they are drawn, each with its factor."""
        return [(self[site], row["factor"]) for site, row in table("gags").items()]

    def _grade(self, site: str) -> int | None:
        given = str(self.data.get(self.add_prefix(site)) or "")
        return int(given) if given in dict(WORST) else None

    @property
    def total(self) -> int | None:
        """The sum of the sites that were graded so far."""
        graded = [(self._grade(site), row["factor"]) for site, row in table("gags").items()]
        told = [grade * factor for grade, factor in graded if grade is not None]
        return sum(told) if told else None

    def incomplete(self) -> Iterator[tuple[str, str]]:
        """All six sites, or a total and none of them."""
        sites = list(table("gags"))
        left = [each for each in sites if not self.told(each)]
        if left and len(left) < len(sites):
            count = {"left": len(left), "all": len(sites)}
            yield left[0], _now("%(left)s of %(all)s sites are missing.") % count
        if self.told("given") and len(left) < len(sites):
            yield "given", _now("Grade the sites, or give the total, not both.")

    def said(self) -> Iterator[Said]:
        """The sum."""
        score = self.number("given") if self.told("given") else self.total
        if score is not None:
            yield Said("severity", {"scale": "gags", "score": score}, {"score": "given"})


class Grades(Part):
    """The scales of which one grade is chosen by looking."""

    name, title = "grades", _("Other grades of the acne")

    def prepare(self) -> None:
        """What is known beforehand."""
        for scale in _OTHERS:
            said = {"scale": say(scale), "top": SCALE_TOPS[scale]}
            self.fields[scale] = number(_now("%(scale)s, 0 to %(top)s") % said)

    def said(self) -> Iterator[Said]:
        """A grade each."""
        for scale in _OTHERS:
            if self.told(scale):
                keys = {"scale": scale, "score": self.number(scale)}
                yield Said("severity", keys, {"score": scale})
