"""The administrator's page of systems: which may read this clinic, with which keys and scopes."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from isocourse.clinic.access.needing import needs
from isocourse.clinic.fhir.models import System
from isocourse.clinic.fhir.systems import BadSystem, end, let_read
from isocourse.clinic.people.places import Here


class SystemForm(forms.Form):
    """A system that is to read."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    keys = forms.CharField(
        label=gettext_lazy("Its public keys"),
        help_text=gettext_lazy("The address of its JWKS (https://...), or the JWKS itself."),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false"}),
    )
    scopes = forms.CharField(
        label=gettext_lazy("What it may read"),
        help_text=gettext_lazy("Scopes of SMART, such as system/Observation.rs; all: system/*.rs"),
        max_length=2000,
    )


@needs("administer")
@require_http_methods(["GET", "POST"])
def systems(request: HttpRequest, here: Here) -> HttpResponse:
    """Let a system read this clinic over FHIR, or no longer. Each change is kept."""
    if "end" in request.POST:
        return _ended(request, here, request.POST["end"])
    form = SystemForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = let_read(here, **form.cleaned_data)
        except BadSystem as problem:
            form.add_error(None, str(problem))
        else:
            told = _("It may read. Give it this client_id: %(name)s") % {"name": made.client_id}
            messages.success(request, told)
            return redirect("systems")
    held = System.objects.filter(clinic=here.clinic).select_related("user")
    words: dict[str, Any] = {"form": form, "systems": held.order_by("ended", "user__name")}
    words["base"] = request.build_absolute_uri(reverse("fhir_base")).rstrip("/")
    return render(request, "fhir/systems.html", words)


def _ended(request: HttpRequest, here: Here, told: str) -> HttpResponse:
    pk = int(told) if told.isascii() and told.isdigit() else 0
    end(here, get_object_or_404(System, pk=pk, clinic=here.clinic))
    messages.success(request, _("Ended. Its tokens are void from now on."))
    return redirect("systems")
