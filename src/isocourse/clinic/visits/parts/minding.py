"""State of mind and sexual function; and what was done at once when there is danger."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from isocourse.clinic.visits.parts.part import Part, Said, one_of, text
from isocourse.clinic.visits.words import Choices
from isocourse.words.codes import Concern, word

CONCERNS: Choices = [
    ("none", _("Asked: no concern")),
    ("low_mood", _("Low mood")),
    ("suicidal_thoughts", _("Thoughts of suicide or self-harm")),
    ("psychosis", _("Psychosis")),
    ("aggression", _("Aggression or violence")),
]


GRAVE = {word(each) for each in Concern if each not in (Concern.NONE, Concern.LOW_MOOD)}
"""The findings that close every gate."""


class Mind(Part):
    """How the patient is."""

    name, title = "mind", _("Mood")
    concern = one_of(_("Mood, sleep, anxiety, self-harm"), CONCERNS)
    sexual = one_of(
        _("Sexual function"), [("none", _("Asked: no concern")), ("concern", _("A concern"))]
    )

    def said(self) -> Iterator[Said]:
        """Sexual function; the look at the mind is said by Safety, which may add to it."""
        if self.told("sexual"):
            keys = {"assessed": True, "concern": self.told("sexual") == "concern"}
            yield Said("sexual_function", keys, {"concern": "sexual"})

    @property
    def grave(self) -> bool:
        """Whether a finding was entered that cannot wait."""
        return self.data.get(self.add_prefix("concern")) in GRAVE


DONE: Choices = [
    ("stayed_until_taken_over", _("Somebody stays with the patient until care takes over")),
    ("emergency_services", _("Emergency services were called")),
    ("urgent_referral", _("Seen by mental-health care today: urgent referral made")),
    ("prescriber_told", _("The prescriber was told and speaks with the patient today")),
    ("no_present_danger", _("Asked at once: no present danger, by the judgement named below")),
]


class Safety(Part):
    """What was done before the patient was let go."""

    name, title, template = "safety", _("Act before you leave this page"), "visits/safety.html"
    done = one_of(_("What was done"), DONE)
    note = text(_("Who was told, and what was agreed"), rows=3)
    needed = False
    item_9 = 0
    concern = ""

    def reading(self, item_9: int, grave: bool, concern: str) -> None:
        """What the rest of the form says."""
        self.item_9, self.concern = item_9, concern
        self.needed = item_9 > 0 or grave

    def incomplete(self) -> Iterator[tuple[str, str]]:
        """Danger is never only written down."""
        if self.needed and not self.told("done"):
            yield "done", _now("Choose what was done for the patient's safety.")
        if self.needed and not self.told("note"):
            yield "note", _now("Write who was told and what was agreed.")

    def said(self) -> Iterator[Said]:
        """The look at the mind, with what was done when there was danger."""
        concern = self.concern or ("suicidal_thoughts" if self.needed else "")
        if not concern:
            return
        keys: dict[str, Any] = {"assessed": True, "concern": concern}
        if self.needed:
            keys |= {"x-done": self.told("done"), "note": self.told("note")}
        yield Said("mental_health", keys, {"note": "note"})
