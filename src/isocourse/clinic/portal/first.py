"""The first page: where the patient stands, and what comes next."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from isocourse.clinic.portal.desk import ENGLISH, LANGUAGES, offered, reviewed
from isocourse.clinic.portal.needing import Me, patients
from isocourse.clinic.portal.standing import home as standing


@patients
@require_GET
def home(request: HttpRequest, me: Me) -> HttpResponse:
    """Week, next steps, capsules, dose, what is normal, what helps, whom to call."""
    spoken = me.access.language
    words = {
        "languages": [(each, LANGUAGES[each]) for each in offered(me.desk)],
        "unread": spoken != ENGLISH and spoken not in reviewed(me.desk),
    }
    return render(request, "portal/home.html", {"me": me, "desk": me.desk, **standing(me), **words})
