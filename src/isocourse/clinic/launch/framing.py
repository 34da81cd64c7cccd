"""Which pages may stand inside a page of an EHR: those of a session that this EHR has launched."""

from collections.abc import Callable

from csp.constants import SELF
from django.http import HttpRequest, HttpResponse

from isocourse.clinic.launch.pending import FRAMES

Respond = Callable[[HttpRequest], HttpResponse]


def framed(respond: Respond) -> Respond:
    """Lets the EHR that launched this session frame its pages; everybody else stays shut out."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = respond(request)
        frames = request.session.get(FRAMES) if hasattr(request, "session") else None
        if frames:
            response._csp_replace = {"frame-ancestors": [SELF, *frames]}  # type: ignore[attr-defined]
            response.xframe_options_exempt = True
        return response

    return answer
