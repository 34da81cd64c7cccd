"""The pages of the administrator: what the clinic has set, and who changed what."""

import hashlib

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from isocourse.clinic.access.needing import needs
from isocourse.clinic.administration.changing import rename, settle
from isocourse.clinic.administration.forms import ClinicForm, SettingsForm
from isocourse.clinic.administration.models import Change
from isocourse.clinic.patients.lacking import lacking
from isocourse.clinic.people.places import Here
from isocourse.clinic.portal.desk import desk

_A_PAGE = 50


@needs("administer")
@require_http_methods(["GET", "POST"])
def clinic(request: HttpRequest, here: Here) -> HttpResponse:
    """Name and address, lab policy, local rules, the days on which programmes start."""
    held, which = here.clinic, request.POST.get("form", "")
    named = {"name": held.name, "address": held.address}
    about = ClinicForm(request.POST if which == "about" else None, initial=named)
    rules = SettingsForm(held, request.POST if which == "rules" else None)
    if which == "about" and about.is_valid():
        return _done(request, rename(here, **about.cleaned_data))
    if which == "rules" and rules.is_valid():
        return _done(request, settle(here, rules.text))
    if which:
        messages.error(request, _("Not changed: see what is marked below."))
    digest = hashlib.sha256(held.settings.encode()).hexdigest() if held.settings else ""
    words = {"about": about, "rules": rules, "clinic": held, "digest": digest}
    words["lacking"] = lacking(desk(held))
    return render(request, "administration/clinic.html", words)


def _done(request: HttpRequest, differs: bool) -> HttpResponse:
    if differs:
        messages.success(request, _("Changed, and noted with your name."))
    else:
        messages.info(request, _("Nothing differs from what stood."))
    return redirect("administration")


@needs("see_changes")
@require_GET
def changes(request: HttpRequest, here: Here) -> HttpResponse:
    """Who changed what of this clinic, newest first."""
    rows = Change.objects.filter(clinic=here.clinic).select_related("by").order_by("-at", "-pk")
    page = Paginator(rows, _A_PAGE).get_page(request.GET.get("page"))
    return render(request, "administration/changes.html", {"page": page})
