"""A patient sees their own page and nothing else; the staff see everything else and not that."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from isocourse.clinic.log import clock
from isocourse.clinic.log.chain import Broken
from isocourse.clinic.log.reading import Erased, Held, read
from isocourse.clinic.log.recording import Writer
from isocourse.clinic.log.sealing import Unreadable
from isocourse.clinic.people.sessions import BY_SECRET
from isocourse.clinic.portal.desk import ENGLISH, desk, offered
from isocourse.clinic.portal.doors import of_person
from isocourse.clinic.portal.models import Access, Desk
from isocourse.course import Assessment, NoValue, assess
from isocourse.events.problems import BadCourse

HERE = "/my/"
"""Every address of the patient's page begins so, and no other does."""
_OF_NOBODY = ("/health", "/ready")
_TELLING = ("my_check_in", "my_mood", "my_tell", "my_questions", "my_photos")
ROLE = "patient"
LANGUAGE = "language"


@dataclass
class Me:
    """A patient at their own course."""

    access: Access
    held: Held
    desk: Desk

    @property
    def writer(self) -> Writer:
        """The patient as one who records: the role says whose word it is."""
        return Writer(self.access.user, ROLE)

    @cached_property
    def found(self) -> Assessment:
        """What the engine answers at this moment."""
        now = clock.now().astimezone(self.held.zone)
        return assess(self.held.as_read, now, settings=self.held.course.clinic.rules)


Respond = Callable[[HttpRequest], HttpResponse]


def kept_apart(respond: Respond) -> Respond:
    """Patients reach only their page; people of the staff never reach a patient's."""

    def check(request: HttpRequest) -> HttpResponse:
        mine = request.path.startswith(HERE)
        access = of_person(request.user) if request.user.is_authenticated else None
        if access is not None and access.ended is not None:
            logout(request)
            access = None
        request.access = access  # type: ignore[attr-defined]
        if request.user.is_authenticated and mine and access is None:
            return render(request, "portal/staff.html", {"demonstration": False}, status=403)
        if access is not None and mine:
            return _in_their_language(request, access)
        if access is None or _of_nobody(request.path):
            return respond(request)
        if request.path == "/" and request.method == "GET":
            return redirect("my_home")
        return render(request, "portal/elsewhere.html", status=403)

    def _in_their_language(request: HttpRequest, access: Access) -> HttpResponse:
        request.desk = desk(access.course.clinic)  # type: ignore[attr-defined]
        with spoken(access.language, request.desk):  # type: ignore[attr-defined]
            return respond(request)

    return check


def _of_nobody(path: str) -> bool:
    static = f"/{settings.STATIC_URL.strip('/')}/"
    return path in _OF_NOBODY or path.startswith((static, *BY_SECRET))


def patients(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page of a patient, by the clock of their course."""

    @wraps(view)
    def guarded(request: HttpRequest, *given: Any, **named: Any) -> HttpResponse:
        access: Access | None = getattr(request, "access", None)
        if access is None:
            return _at_the_door(request)
        said: Desk = request.desk  # type: ignore[attr-defined]
        try:
            me = Me(access, read(access.course), said)
            request.me = me  # type: ignore[attr-defined]
            with timezone.override(me.held.zone):
                return view(request, me, *given, **named)
        except (Broken, Unreadable, BadCourse, NoValue):
            request.me = None  # type: ignore[attr-defined]
            return render(request, "portal/broken.html", {"desk": said}, status=409)
        except Erased:
            raise Http404 from None

    guarded.of_patient = True  # type: ignore[attr-defined]
    return guarded


def _at_the_door(request: HttpRequest) -> HttpResponse:
    """Who is not signed in comes in first; words that were lost on the way are told as lost."""
    page = request.resolver_match and request.resolver_match.url_name
    if request.method == "POST" and page in _TELLING:
        messages.error(request, _("This could not be kept. Call your team and tell them."))
    return redirect("my_door")


@contextmanager
def spoken(language: str, said: Desk) -> Iterator[None]:
    """The language that was chosen, while it is offered; English otherwise."""
    with translation.override(language if language in offered(said) else ENGLISH):
        yield
