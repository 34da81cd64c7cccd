"""Pregnancy: whether it can happen, tests, contraception, periods, and what the patient tells."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from isocourse.clinic.visits.knowing import Known
from isocourse.clinic.visits.parts.part import (
    YES_NO,
    Part,
    Said,
    day,
    listed,
    number,
    one_of,
    several,
    tick,
)
from isocourse.clinic.visits.words import say
from isocourse.words import tokens


class Category(Part):
    """Whether the person can become pregnant, and if not, why."""

    name, title = "category", _("Can this person become pregnant?")
    hint = _("Gender on paper does not decide it. A reason counts where the place accepts it.")
    can = one_of(_("Can become pregnant"), YES_NO)
    reason = listed(_("If not, why"), tokens.CATEGORY_REASONS)

    def said(self) -> Iterator[Said]:
        """The category."""
        if self.told("can") or self.told("reason"):
            reason = {"reason": self.told("reason")} if self.told("reason") else {}
            keys = {"can_become_pregnant": self.told("can") == "yes", **reason}
            yield Said(
                "pregnancy_category", keys, {"can_become_pregnant": "can", "reason": "reason"}
            )

    def incomplete(self) -> Iterator[tuple[str, str]]:
        """A reason is only for who cannot."""
        if self.told("reason") and self.told("can") != "no":
            yield "can", _now("A reason is given: choose No, or take the reason away.")
        if self.told("can") == "no" and not self.told("reason"):
            yield "reason", _now("Choose why; without a reason the person counts as able.")


class _Able(Part):
    """Asked only of those who can become pregnant, or of whom it is not known."""

    @classmethod
    def wanted(cls, known: Known) -> bool:
        """Whether pregnancy has to be asked about."""
        return known.can_become_pregnant


class Test(_Able):
    """A pregnancy test."""

    name, title = "test", _("Pregnancy test")
    result = one_of(_("Result"), tokens.TEST_RESULTS)
    specimen = one_of(_("Specimen"), tokens.SPECIMENS)
    setting = listed(_("Done in"), tokens.SETTINGS)
    at = day(_("Specimen collected on"))
    safeguard = tick(_("A home test that could not be falsified"))

    def prepare(self) -> None:
        """What is known beforehand."""
        last = self.known.latest("pregnancy_test") or {}
        self.begin(specimen=last.get("specimen", "urine"), setting=last.get("setting", "clinic"))
        self.begin(at=self.known.today.isoformat())

    def said(self) -> Iterator[Said]:
        """The test."""
        if self.told("result"):
            keys: dict[str, Any] = {n: self.told(n) for n in ("result", "specimen", "setting")}
            if self.told("safeguard"):
                keys["falsification_safeguard"] = True
            fields = {name: name for name in ("result", "specimen", "setting", "at")}
            yield Said("pregnancy_test", keys, fields, self.told("at"))


_ROWS = (1, 2, 3)


class Contraception(_Able):
    """What is in use from now on."""

    name, title = "contraception", _("Contraception")
    hint = _("Leave blank if it goes on as recorded. What you enter replaces what was recorded.")
    abstinence = tick(_("Abstinence instead of a method"))
    agreed = tick(_("The prescriber has agreed to abstinence"))

    def prepare(self) -> None:
        """What is known beforehand."""
        rest = dict(self.fields)
        self.fields.clear()
        for row in _ROWS:
            label = {"n": row}
            self.fields[f"method_{row}"] = listed(_("Method %(n)s") % label, tokens.METHODS)
            self.fields[f"since_{row}"] = day(_("In use since"))
        self.fields.update(rest)

    def _methods(self) -> Iterator[tuple[int, dict[str, Any]]]:
        for row in _ROWS:
            if self.told(f"method_{row}"):
                method, since = self.told(f"method_{row}"), self.told(f"since_{row}")
                yield row, {"method": method, "since": since}

    def said(self) -> Iterator[Said]:
        """The contraception in use."""
        methods = list(self._methods())
        keys: dict[str, Any] = {"methods": [each for _, each in methods]} if methods else {}
        if self.told("abstinence"):
            keys["abstinence"] = True
        if self.told("agreed"):
            keys["agreed_by_prescriber"] = True
        fields = {
            "methods": "method_1",
            "abstinence": "abstinence",
            "agreed_by_prescriber": "agreed",
        }
        for place, (row, _each) in enumerate(methods):
            fields |= {f"methods[{place}].method": f"method_{row}"}
            fields |= {f"methods[{place}].since": f"since_{row}"}
        if keys:
            yield Said("contraception", keys, fields)

    def incomplete(self) -> Iterator[tuple[str, str]]:
        """A method needs its first day, and a day its method."""
        for row in _ROWS:
            method, since = self.told(f"method_{row}"), self.told(f"since_{row}")
            if method and not since:
                yield f"since_{row}", _now("Give the day since when it is relied on.")
            if since and not method:
                yield f"method_{row}", _now("Choose the method, or take the day away.")

    @property
    def background(self) -> Iterator[str]:
        """What is recorded."""
        last = self.known.latest("contraception")
        if last and last.get("abstinence"):
            yield _now("Recorded: abstinence")
        for each in (last or {}).get("methods") or ():
            said = {"method": say(each["method"]), "day": each["since"]}
            yield _now("Recorded: %(method)s since %(day)s") % said


def recorded_methods(known: Known) -> list[str]:
    """The methods that the record names."""
    last = known.latest("contraception") or {}
    if last.get("abstinence"):
        return [tokens.ABSTINENCE]
    return [each["method"] for each in last.get("methods") or ()]


class Comprehension(_Able):
    """The questions of the registry."""

    name, title = "comprehension", _("Questions of the registry")
    passed = one_of(_("All answered rightly"), YES_NO)
    entered = several(_("Methods that the patient entered"), (*tokens.METHODS, tokens.ABSTINENCE))

    @classmethod
    def wanted(cls, known: Known) -> bool:
        """Where there is a registry that asks."""
        return super().wanted(known) and known.rules.value("consent.comprehension") is not None

    def prepare(self) -> None:
        """What is known beforehand."""
        self.begin(entered=recorded_methods(self.known))

    def said(self) -> Iterator[Said]:
        """The answers."""
        if self.told("passed"):
            entered = {"contraception": self.told("entered")} if self.told("entered") else {}
            keys = {"passed": self.told("passed") == "yes", **entered}
            yield Said("comprehension", keys, {"passed": "passed", "contraception": "entered"})


class Reports(Part):
    """What the patient tells."""

    name, title = "reports", _("The patient tells")
    missed = number(_("Missed doses"), _("How many since the last visit."))
    period = day(_("First day of the last period"))
    regular = one_of(_("Periods come regularly"), YES_NO)
    told_of = several(_("Since the last visit"), ("missed_period", "unprotected_contact"))

    def prepare(self) -> None:
        """What is known beforehand."""
        if not self.known.can_become_pregnant:
            for name in ("period", "regular", "told_of"):
                del self.fields[name]

    def said(self) -> Iterator[Said]:
        """Each report by itself."""
        if self.told("missed") and self.number("missed") != 0:
            keys = {"what": "missed_doses", "count": self.number("missed")}
            yield Said("patient_report", keys, {"what": "missed", "count": "missed"})
        for each in self.told("told_of") or ():
            yield Said("patient_report", {"what": each}, {"what": "told_of"})
        if self.told("period"):
            yield Said("menses", {}, {"at": "period"}, self.told("period"))
        if self.told("regular"):
            yield Said("cycle", {"regular": self.told("regular") == "yes"}, {"regular": "regular"})
