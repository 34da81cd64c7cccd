"""The peer: a bare Django page that asks the database for the same rows and shows them.

No signing in, no middleware but the one that tells the time; nothing is decrypted, checked or
assessed. Settings, addresses, pages and the start of its server are all here.
"""

import argparse
import os
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

if os.environ.get("DJANGO_SETTINGS_MODULE") == "benchmarks.clinic_bare":
    from isocourse.clinic.project.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.clinic_bare"
MIDDLEWARE = ["isocourse.clinic.project.requests.told"]
INSTALLED_APPS = [each for each in globals().get("INSTALLED_APPS", ()) if "allauth" not in each]
_PAGE = """<!doctype html><title>Bare</title><p>{{ counts }}</p><table>{% for each in rows %}
<tr>{% for cell in each %}<td>{{ cell }}</td>{% endfor %}</tr>{% endfor %}</table>"""


def worklist(request: HttpRequest, clinic: int) -> HttpResponse:
    """The first 25 rows of the list, and the counts beside it."""
    from django.db.models import Count

    from isocourse.clinic.worklist.models import Standing

    held = Standing.objects.filter(clinic_id=clinic)
    counts: dict[str, Any] = {
        row["state"]: row["n"] for row in held.values("state").annotate(n=Count("*"))
    }
    counts["alerts"] = held.filter(urgency__gte=3).count()
    first = held.order_by("-urgency", "until", "code").select_related(
        "course__key", "course__identity"
    )[:25]
    rows = [(each.code, each.state, each.due, each.course.identity.body) for each in first]
    return _shown(request, counts=counts, rows=rows)


def course(request: HttpRequest, code: str) -> HttpResponse:
    """A course with its key and all its entries."""
    from isocourse.clinic.log.models import Course, Entry, Head

    held = Course.objects.select_related("clinic", "key").get(code=code)
    head = Head.objects.get(course=held)
    entries = Entry.objects.filter(course=held).select_related("by").order_by("number")
    rows = [(each.number, each.recorded_at, each.by, each.form, each.body) for each in entries]
    return _shown(request, counts=head.number, rows=rows)


def ready(request: HttpRequest) -> HttpResponse:
    """It answers."""
    return HttpResponse("ready\n")


def _shown(request: HttpRequest, **words: Any) -> HttpResponse:
    return HttpResponse(engines["django"].from_string(_PAGE).render(words, request))


urlpatterns = [
    path("ready", ready),
    path("bare/worklist/<int:clinic>/", worklist),
    path("bare/courses/<str:code>/", course),
]


def main() -> None:
    """Serve it in the way in which the clinic is served."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks.clinic_bare")
    asked.add_argument("--port", type=int, required=True)
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.clinic_bare"
    import django

    from isocourse.clinic.project.serving import serve

    django.setup()
    serve("127.0.0.1", asked.parse_args().port)


if __name__ == "__main__":
    main()
