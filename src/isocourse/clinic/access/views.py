"""The pages about access: who opened what, and the glass to break in an emergency."""

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from isocourse.clinic.access.models import BreakGlass, Opening
from isocourse.clinic.access.needing import break_glass, needs
from isocourse.clinic.access.unusual import MOST, busy_systems, unusual
from isocourse.clinic.people.places import Here

_A_PAGE = 50


@needs("see_access_log")
@require_GET
def openings(request: HttpRequest, here: Here) -> HttpResponse:
    """Who opened which course of this clinic, newest first; emergencies stand out."""
    held = Opening.objects.filter(course__clinic=here.clinic)
    code = request.GET.get("code", "").strip().upper()
    if code:
        held = held.filter(course__code=code)
    rows = held.select_related("user", "course", "emergency", "clinic").order_by("-at")
    page = Paginator(rows, _A_PAGE).get_page(request.GET.get("page"))
    glass = BreakGlass.objects.filter(course__clinic=here.clinic).select_related(
        "user", "course", "clinic"
    )
    words = {"page": page, "code": code, "emergencies": glass.order_by("-at")[:_A_PAGE]}
    told = {"unusual": unusual(here.clinic), "busy": busy_systems(here.clinic), "most": MOST}
    return render(request, "access/openings.html", words | told)


class EmergencyForm(forms.Form):
    """Which course, and why."""

    code = forms.CharField(label=gettext_lazy("Course code"), max_length=12)
    reason = forms.CharField(
        label=gettext_lazy("Why you need it now"),
        max_length=500,
        min_length=10,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@needs("break_glass")
@require_http_methods(["GET", "POST"])
def emergency(request: HttpRequest, here: Here) -> HttpResponse:
    """See a course of another clinic for an hour. The reason is kept and its clinic is shown it."""
    form = EmergencyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"].strip().upper()
        if break_glass(here, code, form.cleaned_data["reason"]):
            return redirect("course", code=code)
        form.add_error("code", _("There is no course with this code."))
    return render(request, "access/emergency.html", {"form": form})
