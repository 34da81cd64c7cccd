"""Blood: a row for each test, with its unit."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from isocourse.clinic.visits.parts.part import YES_NO, Part, Said, day, listed, number, one_of
from isocourse.clinic.visits.words import say
from isocourse.words import tokens, units


class Labs(Part):
    """Laboratory values."""

    name, title, template = "labs", _("Blood"), "visits/labs.html"
    at = day(_("Blood taken on"))
    fasting = one_of(_("Fasting"), YES_NO)

    def prepare(self) -> None:
        """What is known beforehand."""
        self.begin(at=self.known.today.isoformat())
        for test in tokens.LAB_TESTS:
            self._row(test)

    def _row(self, test: str) -> None:
        last = self.known.latest("lab", test=test) or {}
        fitting = [(unit, unit) for unit in units.LAB_FACTORS[test]]
        usual = self.known.lipid_unit()
        first = usual if usual in units.LAB_FACTORS[test] else fitting[0][0]
        named = {"test": say(test)}
        self.fields[test] = number(say(test))
        unit = self.fields[f"{test}_unit"] = listed(_("Unit of %(test)s") % named, fitting)
        unit.initial = last.get("unit", first)
        self.fields[f"{test}_limit"] = number(_("Upper limit of %(test)s") % named)

    @property
    def rows(self) -> Iterator[dict[str, Any]]:
        """Each test with its unit, its limit and its last value."""
        for test in tokens.LAB_TESTS:
            last = self.known.latest("lab", test=test)
            told = f"{last['value']:g} {last['unit']}, {last['at'][:10]}" if last else ""
            limit = last.get("upper_limit") if last else None
            yield {
                "value": self[test],
                "unit": self[f"{test}_unit"],
                "limit": self[f"{test}_limit"],
                "last": told,
                "last_limit": limit,
            }

    def said(self) -> Iterator[Said]:
        """A value each."""
        fasting = {"fasting": self.told("fasting") == "yes"} if self.told("fasting") else {}
        for test in tokens.LAB_TESTS:
            if self.told(test):
                keys = {"test": test, "value": self.number(test), "unit": self.told(f"{test}_unit")}
                if self.told(f"{test}_limit"):
                    keys["upper_limit"] = self.number(f"{test}_limit")
                fields = {"value": test, "unit": f"{test}_unit", "at": "at"}
                fields |= {"upper_limit": f"{test}_limit", "fasting": "fasting", "test": test}
                yield Said("lab", {**keys, **fasting}, fields, self.told("at"))

    def incomplete(self) -> Iterator[tuple[str, str]]:
        """A limit alone says nothing."""
        for test in tokens.LAB_TESTS:
            if self.told(f"{test}_limit") and not self.told(test):
                yield test, _now("Give the value to which the upper limit belongs.")
