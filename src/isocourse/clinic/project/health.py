"""Whether the server is up (health), and whether it can do its work (ready)."""

from collections.abc import Callable

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.urls import resolve
from django.views.decorators.cache import never_cache


@never_cache
def health(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("up\n", content_type="text/plain")


@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    """The database answers too, and holds the tables of this release."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM log_entry WHERE id = 0")
    except DatabaseError:
        return HttpResponse("the database does not answer\n", status=503, content_type="text/plain")
    return HttpResponse("ready\n", content_type="text/plain")


def by_any_name(respond: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """Both are told whatever name the server is asked by: who watches it knows its address only."""
    told = {"/health": health, "/ready": ready}

    def answer(request: HttpRequest) -> HttpResponse:
        view = told.get(request.path_info)
        if view is None:
            return respond(request)
        request.resolver_match = resolve(request.path_info)
        return view(request)

    return answer
