"""Pages that say no: what happened, and what to do next. They tell nothing of a patient."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


def _say(request: HttpRequest, status: int, title: str, what_to_do: str) -> HttpResponse:
    words = {"title": title, "what_to_do": what_to_do}
    page = "portal/refused.html" if request.path.startswith("/my/") else "looks/refused.html"
    return render(request, page, words, status=status)


def forgery(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that this session did not give out."""
    return _say(
        request,
        403,
        _("This form is too old"),
        _("Your session changed since the page was opened. Go back, load the page again, repeat."),
    )


def interrupted(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The database went away, or the session did, before the answer was ready."""
    return _say(
        request,
        400,
        _("This was interrupted"),
        _(
            "What you sent may have been recorded or not. Open the page again and look before you "
            "send it once more: the same form is never recorded twice."
        ),
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Somebody whose role does not include this."""
    return _say(
        request,
        403,
        _("Not part of your role"),
        _("Ask your clinic's administrator if you need it for your work."),
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """No such page, or a course of another clinic: the two are not told apart."""
    return _say(
        request,
        404,
        _("Nothing here"),
        _("Check the code. Courses of other clinics are not shown."),
    )


def failed(request: HttpRequest) -> HttpResponse:
    """Something broke; nothing half-done was kept."""
    return _say(
        request,
        500,
        _("Something went wrong on our side"),
        _("Nothing was saved. Try again; if it stays so, tell whoever runs this server."),
    )


def broken_log(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A log that is not what was written: nothing is shown and every gate stays shut."""
    return _say(
        request,
        409,
        _("The log of course %(code)s does not hold") % {"code": code},
        _(
            "Entry %(number)s is not as it was written. Hand nothing over. Tell whoever runs this "
            "server to run: isocourse clinic verify"
        )
        % {"number": number},
    )


def unreadable(request: HttpRequest) -> HttpResponse:
    """Something that is kept under a key and that the key does not open, or not as it was."""
    return _say(
        request,
        409,
        _("This cannot be opened"),
        _(
            "It is not as it was kept, or its key is not here. Hand nothing over. Tell whoever "
            "runs this server to run: isocourse clinic verify"
        ),
    )
