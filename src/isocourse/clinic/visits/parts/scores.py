"""Questionnaires, scored from their answers; only headings stand here, the words are the form's."""

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from isocourse.clinic.visits.parts.part import Part, Said, Words, number, one_of

ANSWERS = [
    ("0", _("0 not at all")),
    ("1", _("1 some days")),
    ("2", _("2 most days")),
    ("3", _("3 almost daily")),
]


class Scored(Part):
    """A questionnaire that is copied from the patient's form, answer by answer."""

    template: ClassVar[str] = "visits/scored.html"
    instrument: ClassVar[str]
    items: ClassVar[Sequence[Words]]
    hint = _("Copy the answers from the form the patient filled in; these are only its headings.")

    def prepare(self) -> None:
        """What is known beforehand."""
        for place, label in enumerate(self.items, start=1):
            self.fields[f"i{place}"] = one_of(f"{place}. {label}", list(ANSWERS))

    @property
    def names(self) -> list[str]:
        """The fields of the answers."""
        return [f"i{place}" for place in range(1, len(self.items) + 1)]

    @property
    def rows(self) -> list[Any]:
        """The answers as they are drawn."""
        return [self[name] for name in self.names]

    @property
    def total(self) -> int | None:
        """The sum of what was answered so far."""
        given = [str(self.data.get(self.add_prefix(name)) or "") for name in self.names]
        told = [int(each) for each in given if each in "0123" and each]
        return sum(told) if told else None

    def incomplete(self) -> Iterator[tuple[str, str]]:
        """A total needs every answer."""
        left = [name for name in self.names if not self.told(name)]
        if left and len(left) < len(self.names):
            count = {"left": len(left), "all": len(self.names)}
            yield left[0], _now("%(left)s of %(all)s answers are missing.") % count

    def said(self) -> Iterator[Said]:
        """The total, with item 9 where there is one."""
        if all(self.told(name) for name in self.names):
            points = [int(self.told(name)) for name in self.names]
            nine = {"item_9": points[8]} if self.instrument == "phq-9" else {}
            keys = {"instrument": self.instrument, "score": sum(points), **nine}
            yield Said("questionnaire", keys, {"score": "i1", "item_9": "i9"})


class Phq2(Scored):
    """The two questions that come first."""

    name, title, instrument = "phq2", _("PHQ-2"), "phq-2"
    items = (_("Interest and joy"), _("Low spirits"))


class Phq9(Scored):
    """Depression, and thoughts of self-harm."""

    name, title, instrument = "phq9", _("PHQ-9"), "phq-9"
    items = (
        _("Interest and joy"),
        _("Low spirits"),
        _("Sleep"),
        _("Energy"),
        _("Appetite"),
        _("View of oneself"),
        _("Concentration"),
        _("Slowed down or restless"),
        _("Thoughts of death or self-harm"),
    )

    @property
    def item_9(self) -> int:
        """The answer to item 9, 0 while there is none."""
        given = str(self.data.get(self.add_prefix("i9")) or "")
        return int(given) if given in ("1", "2", "3") else 0


class Gad7(Scored):
    """Anxiety."""

    name, title, instrument = "gad7", _("GAD-7"), "gad-7"
    items = (
        _("Nervousness"),
        _("Worry that cannot be stopped"),
        _("Worry about many things"),
        _("Hard to relax"),
        _("Restlessness"),
        _("Irritability"),
        _("Fear of something bad"),
    )


class Totals(Part):
    """Questionnaires of which only the total is copied."""

    name, title = "totals", _("Other totals")
    dlqi = number(_("DLQI, 0 to 30"))
    asex = number(_("ASEX, 5 to 30"))

    def said(self) -> Iterator[Said]:
        """A total each."""
        for each in ("dlqi", "asex"):
            if self.told(each):
                keys = {"instrument": each, "score": self.number(each)}
                yield Said("questionnaire", keys, {"score": each})
