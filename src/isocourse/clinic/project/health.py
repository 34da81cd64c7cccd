"""Whether the server is up (health), and whether it can do its work (ready)."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
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
