"""The administrator's page for the tokens of applications: make one, see its use, end it."""

from datetime import timedelta

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from isocourse.clinic.access.needing import needs
from isocourse.clinic.api import limits, tokens
from isocourse.clinic.api.models import ROLES, Token
from isocourse.clinic.log import clock
from isocourse.clinic.people.places import Here


class TokenForm(forms.Form):
    """For which application, with whose rights, for how long."""

    name = forms.CharField(label=gettext_lazy("Application"), max_length=80)
    role = forms.ChoiceField(
        label=gettext_lazy("With the rights of"),
        choices=[(each.value, each.label) for each in ROLES],
        help_text=gettext_lazy(
            "It reads what this role reads. It never prescribes, authorises or hands over."
        ),
    )
    days = forms.IntegerField(
        label=gettext_lazy("Ends after days"),
        min_value=1,
        max_value=limits.LONGEST_LIFE.days,
        initial=limits.USUAL_LIFE.days,
    )


@needs("administer")
@require_http_methods(["GET", "POST"])
def applications(request: HttpRequest, here: Here) -> HttpResponse:
    """The applications of this clinic; make a token for one. It is shown once, here."""
    form, text = TokenForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        _made, text = tokens.make(here, said["name"], said["role"], timedelta(days=said["days"]))
        form = TokenForm()
    now = clock.now()
    held = Token.objects.filter(clinic=here.clinic).select_related("by").order_by("-made_at")
    rows = [(each, each.good_at(now)) for each in held]
    return render(request, "api/applications.html", {"form": form, "text": text, "rows": rows})


@needs("administer")
@require_POST
def end(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """A token opens nothing any more, from this moment."""
    held = get_object_or_404(Token, pk=pk, clinic=here.clinic)
    if tokens.end(here, held.pk):
        messages.success(request, _("Ended: %s opens nothing any more.") % held.name)
    else:
        messages.info(request, _("It was ended before."))
    return redirect("applications")
