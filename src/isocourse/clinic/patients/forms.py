"""What the clinic tells its patients: whom to call, and the languages that were read through."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from isocourse.clinic.portal.desk import NAMES
from isocourse.clinic.portal.models import Desk


class DeskForm(forms.Form):
    """Whom a patient calls."""

    phone = forms.CharField(label=_("Telephone for patients"), max_length=60, required=False)
    hours = forms.CharField(
        label=_("When it is answered, and what to do otherwise"), max_length=200, required=False
    )
    emergency = forms.CharField(
        label=_("Emergency number of the place"), max_length=60, required=False
    )
    crisis = forms.CharField(
        label=_("Help for thoughts of suicide: whom to call or write to"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    reviewed = forms.MultipleChoiceField(
        label=_("Languages that somebody here has read through"),
        choices=list(NAMES.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("A language that is not ticked is not offered to patients."),
    )

    def __init__(self, held: Desk, data: Any = None) -> None:
        names = ("phone", "hours", "emergency", "crisis")
        given = {name: getattr(held, name) for name in names}
        super().__init__(data, initial={**given, "reviewed": held.reviewed.split()})

    def said(self) -> dict[str, str]:
        """What is kept."""
        return {**self.cleaned_data, "reviewed": " ".join(self.cleaned_data["reviewed"])}
