"""What every part of a form has in common, and the fields of which parts are made.

A field lets everything through that can be typed: whether it is usable is decided by the events
themselves, so that a form and a course file refuse the same things in the same words.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from isocourse.clinic.visits.knowing import Known
from isocourse.clinic.visits.words import Choices, say

Words = Any
"""Text, translated when it is shown."""

Options = Iterable[str] | Sequence[tuple[str, Words]]
_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Said:
    """An event that a part says, and which field each of its keys came from."""

    kind: str
    keys: Mapping[str, Any]
    fields: Mapping[str, str]
    at: str = ""  # left out, the day of the form

    def event(self, day: str) -> dict[str, Any]:
        """The event as the log takes it."""
        return {"kind": self.kind, "at": self.at or day, **self.keys}


class Part(forms.Form):
    """One thing that is asked about."""

    name: ClassVar[str]
    title: ClassVar[Words]
    hint: ClassVar[Words] = ""
    template: ClassVar[str] = "visits/part.html"

    def __init__(self, known: Known, data: Any = None) -> None:
        super().__init__(data, prefix=self.name, use_required_attribute=False)
        self.known = known
        self.prepare()

    @classmethod
    def wanted(cls, known: Known) -> bool:
        """Whether it is asked of this patient by this person."""
        return True

    def prepare(self) -> None:
        """Fill in what can be known beforehand; never a finding."""

    def said(self) -> Iterator[Said]:
        """What is recorded of it: nothing of what was left blank."""
        yield from ()

    def incomplete(self) -> Iterator[tuple[str, str]]:
        """What is missing of what was begun: the field and the words."""
        yield from ()

    def told(self, name: str) -> Any:
        """What was entered in a field; false when nothing was."""
        value = self.cleaned_data.get(name)
        return value.strip() if isinstance(value, str) else value

    def number(self, name: str) -> Any:
        """What was entered as a number; as it was typed when it is none."""
        return number_of(self.told(name) or "")

    def begin(self, **values: Any) -> None:
        """What the fields show before anything is entered."""
        for name, value in values.items():
            if value is not None:
                self.fields[name].initial = value

    @property
    def has_findings(self) -> bool:
        """Whether it was sent or kept with more in it than what was filled in beforehand."""
        return self.is_bound and any(
            str(self.data.get(self.add_prefix(name)) or "") not in ("", str(each.initial))
            for name, each in self.fields.items()
        )

    @property
    def background(self) -> Iterable[str]:
        """What is on record already, in a line each."""
        return ()


def number_of(text: str) -> Any:
    """A number as people type it, with a point or a comma; other text stays as it is."""
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        return text
    return int(value) if value.is_integer() and abs(value) < 1e15 else value


def number(label: Words, hint: Words = "", **more: Any) -> forms.CharField:
    """A number to type."""
    look = {"inputmode": "decimal", "autocomplete": "off", "class": "number"}
    return _text(label, hint, forms.TextInput(look), 20, **more)


def day(label: Words, hint: Words = "") -> forms.CharField:
    """A day to choose."""
    return _text(label, hint, forms.DateInput({"type": "date"}), 10)


def hour(label: Words, hint: Words = "") -> forms.CharField:
    """A time of day."""
    return _text(label, hint, forms.TimeInput({"type": "time"}), 8)


def text(label: Words, hint: Words = "", rows: int = 0) -> forms.CharField:
    """Words to write."""
    look: forms.Widget = forms.TextInput({"autocomplete": "off"})
    return _text(label, hint, forms.Textarea({"rows": rows}) if rows else look, _LONGEST)


def _text(
    label: Words, hint: Words, widget: forms.Widget, longest: int, **more: Any
) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, required=False, widget=widget, max_length=longest, **more
    )


def one_of(label: Words, words: Options, hint: Words = "") -> forms.ChoiceField:
    """One word to tick; none is ticked beforehand."""
    return forms.ChoiceField(
        label=label,
        help_text=hint,
        required=False,
        choices=_pairs(words),
        widget=forms.RadioSelect,
    )


def listed(label: Words, words: Options, hint: Words = "") -> forms.ChoiceField:
    """One word of a longer list."""
    none = [("", "–")]
    pairs = [*none, *_pairs(words)]
    return forms.ChoiceField(label=label, help_text=hint, required=False, choices=pairs)


def several(label: Words, words: Options, hint: Words = "") -> forms.MultipleChoiceField:
    """Words to tick."""
    return forms.MultipleChoiceField(
        label=label,
        help_text=hint,
        required=False,
        choices=_pairs(words),
        widget=forms.CheckboxSelectMultiple,
    )


def tick(label: Words, hint: Words = "") -> forms.BooleanField:
    """Something that was done."""
    return forms.BooleanField(label=label, help_text=hint, required=False)


def _pairs(words: Options) -> Choices:
    return [each if isinstance(each, tuple) else (each, say(each)) for each in words]


YES_NO: Choices = [("yes", _("Yes")), ("no", _("No"))]
