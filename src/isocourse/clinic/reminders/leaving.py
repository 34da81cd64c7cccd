"""The page on which reminders end, without sign-in. It tells nobody whose they were, or if any."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from isocourse.clinic.portal.desk import ENGLISH, LANGUAGES
from isocourse.clinic.portal.needing import LANGUAGE
from isocourse.clinic.reminders import contact


@csrf_exempt  # a mail program posts here with one click (RFC 8058) and knows no form of ours
@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest, secret: str) -> HttpResponse:
    """A button that ends the reminders; a program that only looks ends nothing."""
    if request.method == "POST":
        contact.leave(secret)
    asked = request.GET.get(LANGUAGE, "")  # of the mail: the page itself knows nobody
    with translation.override(asked if asked in LANGUAGES else ENGLISH):
        return render(request, "reminders/leave.html", {"done": request.method == "POST"})
