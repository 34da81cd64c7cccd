"""The forms of the administrator: the clinic itself, and what it has set."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from isocourse.clinic.administration.wording import LABEL, LOCAL, programmes, said_by, text_of
from isocourse.clinic.people.models import Clinic
from isocourse.course.settings import LAB_DAYS, MOST, MOST_LAB_DAYS, BadSettings

_POLICIES = (
    (LABEL, gettext_lazy("The label of the place")),
    ("consensus", gettext_lazy("The consensus of 2022")),
    (LOCAL, gettext_lazy("A schedule of our own")),
)


def _number(label: Any, most: int, help_text: Any = "") -> forms.IntegerField:
    made = forms.IntegerField(
        label=label, required=False, min_value=1, max_value=most, help_text=help_text
    )
    made.widget.attrs["class"] = "number"
    return made


class ClinicForm(forms.Form):
    """What is printed at the head of every paper."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    address = forms.CharField(
        label=gettext_lazy("Address and telephone"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class SettingsForm(forms.Form):
    """What the clinic asks beyond the law, and when programmes start."""

    policy = forms.ChoiceField(
        label=gettext_lazy("Whose schedule of blood tests"),
        choices=_POLICIES,
        initial=LABEL,
        widget=forms.RadioSelect,
    )
    before_days = _number(gettext_lazy("Before the first dose: at most so many days old"), 366)
    first_days = _number(gettext_lazy("First repeat: days after the first dose"), MOST_LAB_DAYS)
    every_days = _number(gettext_lazy("Then every so many days"), MOST_LAB_DAYS)
    baseline_labs = forms.BooleanField(
        label=gettext_lazy("No first dose without lipids and ALT"), required=False
    )
    max_supply_days = _number(
        gettext_lazy("At most so many days on one prescription"), MOST["max_supply_days"]
    )
    enzyme_stop_times = _number(
        gettext_lazy("Stop at ALT or AST above so many times the upper limit"),
        MOST["enzyme_stop_times"],
    )

    def __init__(self, clinic: Clinic, data: Any = None) -> None:
        super().__init__(data, initial={"policy": LABEL, **said_by(clinic.settings)})
        self.starts = [f"start-{key}" for key in programmes(clinic.place)]
        for key, (title, since) in programmes(clinic.place).items():
            told = _("Otherwise %(day)s.") % {"day": since} if since else ""
            self.fields[f"start-{key}"] = forms.DateField(
                label=title,
                required=False,
                help_text=told,
                widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            )
        self.text = clinic.settings

    def bound(self, *names: str) -> Iterator[Any]:
        """The fields of a part of the page."""
        return (self[name] for name in names)

    @property
    def days(self) -> Iterator[Any]:
        """The days of a schedule of one's own."""
        return self.bound(*LAB_DAYS)

    @property
    def local(self) -> Iterator[Any]:
        """The local rules that are numbers."""
        return self.bound(*MOST)

    @property
    def dates(self) -> Iterator[Any]:
        """When programmes start."""
        return self.bound(*self.starts)

    def clean(self) -> None:
        """The whole as the engine takes it, or what is wrong with it."""
        said = self.cleaned_data
        for name in LAB_DAYS if said.get("policy") == LOCAL else ():
            if not said.get(name) and name not in self.errors:
                self.add_error(name, _("A schedule of your own needs all three."))
        if self.errors:
            return
        try:
            self.text = text_of(said)
        except BadSettings as problem:
            self.add_error(None, str(problem))
