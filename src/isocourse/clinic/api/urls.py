"""The addresses of the API, its description, and a word for those that are not there."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path, re_path
from django.views.decorators.http import require_safe

from isocourse.clinic.api.problems import in_these_words, not_found
from isocourse.clinic.api.views import API, described


@require_safe
def description(request: HttpRequest) -> HttpResponse:
    """The description of the API, for anybody: it tells nothing of a clinic."""
    return JsonResponse(described())


_OWN = {"openapi-json", "api-root"}
_PATTERNS: list[Any] = list(API.urls[0])
for _each in _PATTERNS:
    _each.callback = in_these_words(_each.callback)

app_name = "api"
urlpatterns = [
    path("openapi.json", in_these_words(description), name="description"),
    *(each for each in _PATTERNS if each.name not in _OWN),
    re_path("", in_these_words(not_found), name="nothing"),
]
