"""Every page says what it needs; who may not is refused before the page does anything."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any, Concatenate

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from isocourse.clinic.access.acts import ACTS, may
from isocourse.clinic.access.models import BreakGlass, Opening
from isocourse.clinic.access.unusual import watch
from isocourse.clinic.log import clock
from isocourse.clinic.log.chain import Broken
from isocourse.clinic.log.models import Course
from isocourse.clinic.log.reading import Erased
from isocourse.clinic.log.sealing import Unreadable
from isocourse.clinic.looks.refusals import broken_log, unreadable
from isocourse.clinic.people.models import User
from isocourse.clinic.people.places import Here, where
from isocourse.events.problems import BadCourse

LASTS = timedelta(hours=1)
"""How long emergency access to a course holds."""

View = Callable[..., HttpResponse]


def needs(
    act: str,
) -> Callable[[Callable[Concatenate[HttpRequest, Here, ...], HttpResponse]], View]:
    """A page for those who may do something; it is given where they stand.

    What is not as it was written, or cannot be opened, shows nothing; what was erased is not found.
    """
    if act not in ACTS:
        raise KeyError(f"{act}: no such act; list it in `acts`")

    def enter(view: Callable[..., HttpResponse]) -> View:
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, *given: Any, **named: Any) -> HttpResponse:
            here = where(request)
            if here is None or not may(here.role, act):
                raise PermissionDenied
            try:
                with timezone.override(here.clinic.zone):
                    return view(request, here, *given, **named)
            except Broken as broken:
                return broken_log(request, broken.code, broken.number)
            except (Unreadable, BadCourse):
                return unreadable(request)
            except Erased:
                raise Http404 from None

        guarded.needs = act  # type: ignore[attr-defined]
        return guarded

    return enter


def seen(here: Here, code: str, page: str) -> Course:
    """A course that is looked at: of this clinic, or in an emergency. It is noted who looked."""
    course = Course.objects.filter(code=code).select_related("clinic", "key").first()
    emergency = None
    if course is not None and course.clinic_id != here.clinic.pk:
        emergency = _emergency(here.user, course)
        course = course if emergency else None
    if course is None:
        raise Http404
    Opening.objects.create(
        user=here.user,
        clinic=here.clinic,
        course=course,
        at=clock.now(),
        page=page,
        emergency=emergency,
    )
    watch(here.user, course.clinic)
    return course


def own(here: Here, code: str) -> Course:
    """A course of this clinic, to write to. Another clinic's is not found, nor an erased one."""
    found = (
        here.clinic.courses.filter(code=code, key__isnull=False)
        .select_related("clinic", "key")
        .first()
    )
    if found is None:
        raise Http404
    return found


def _emergency(user: User, course: Course) -> BreakGlass | None:
    """The glass that this person broke for this course, while it holds."""
    held = BreakGlass.objects.filter(user=user, course=course, until__gt=clock.now())
    return held.order_by("-at").first()


def break_glass(here: Here, code: str, reason: str) -> BreakGlass | None:
    """Emergency access for a while; None when there is no such course, which is noted nowhere."""
    course = Course.objects.filter(code=code).first()
    if course is None:
        return None
    now = clock.now()
    return BreakGlass.objects.create(
        user=here.user,
        clinic=here.clinic,
        course=course,
        reason=reason,
        at=now,
        until=now + LASTS,
    )
