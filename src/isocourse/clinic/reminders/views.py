"""The team's pages about mail: the outbox of the clinic and of a course, and what is decided."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from isocourse.clinic.access.needing import needs, own, seen
from isocourse.clinic.log import clock
from isocourse.clinic.log.reading import Held, read
from isocourse.clinic.people.models import User
from isocourse.clinic.people.places import Here
from isocourse.clinic.portal.desk import ENGLISH, LANGUAGES, desk, offered
from isocourse.clinic.portal.doors import access_of
from isocourse.clinic.reminders import contact, deciding, digests
from isocourse.clinic.reminders.keeping import keep
from isocourse.clinic.reminders.models import Message, State
from isocourse.clinic.reminders.wording import address
from isocourse.clinic.worklist.standing import assessed
from isocourse.words.places import ZONES

_A_PAGE = 50
SHAPES = {
    State.WAITING: ("clock", "calm"),
    State.LEASED: ("half", "calm"),
    State.HANDING: ("half", "calm"),
    State.SENT: ("tick", "go"),
    State.UNCERTAIN: ("ask", "soon"),
    State.FAILED: ("cross", "stop"),
    State.LATE: ("pause", "soon"),
    State.WITHDRAWN: ("bar", "calm"),
}
"""How each state is drawn, so that colour is never alone."""


def _shown(page: Page[Message]) -> list[dict[str, Any]]:
    return [
        {
            "message": each,
            "shape": SHAPES[State(each.state)][0],
            "tone": SHAPES[State(each.state)][1],
            "choices": deciding.choices(each),
        }
        for each in page.object_list
    ]


def _page(request: HttpRequest, rows: QuerySet[Message]) -> dict[str, Any]:
    ordered = rows.select_related("course", "user").order_by("-due", "-pk")
    page = Paginator(ordered, _A_PAGE).get_page(request.GET.get("page"))
    return {"page": page, "rows": _shown(page)}


@needs("remind")
@require_GET
def outbox(request: HttpRequest, here: Here) -> HttpResponse:
    """Every mail of a clinic, and what became of it."""
    mine = Message.objects.filter(clinic=here.clinic)
    numbers = dict(mine.values_list("state").annotate(n=Count("pk")))
    asked = request.GET.get("state", "")
    chosen = asked if asked in State.values else ""
    counts = [(each.value, each.label, numbers.get(each.value, 0)) for each in State]
    words = _page(request, mine.filter(state=chosen) if chosen else mine)
    words |= {"counts": counts, "chosen": chosen, "all": sum(numbers.values())}
    return render(request, "reminders/outbox.html", words)


class ContactForm(forms.Form):
    """Where a patient wants to be reminded, and that they said so."""

    to = forms.EmailField(label=gettext_lazy("The patient's e-mail"), max_length=200)
    time_zone = forms.ChoiceField(label=gettext_lazy("The patient's clock"), required=False)
    language = forms.ChoiceField(
        label=gettext_lazy("The patient's language"),
        required=False,
        help_text=gettext_lazy("For mails, and for letters that the patient takes home."),
    )
    agreed = forms.BooleanField(
        label=gettext_lazy("The patient has agreed to be reminded by mail at this address")
    )

    def __init__(self, held: Held, data: Any = None) -> None:
        now = contact.contact_of(held)
        zone = now.zone.key if now else held.zone.key
        spoken = now.language if now else _of_their_page(held)
        initial = {"to": now.to if now else "", "time_zone": zone, "language": spoken}
        super().__init__(data, initial=initial)
        zones = sorted({zone, held.zone.key, *ZONES.values(), *_AMERICAN})
        self.fields["time_zone"].choices = [(each, each) for each in zones]  # type: ignore[attr-defined]
        languages = offered(desk(held.course.clinic))
        self.fields["language"].choices = [(each, LANGUAGES[each]) for each in languages]  # type: ignore[attr-defined]


def _of_their_page(held: Held) -> str:
    """The language in which a patient reads their page, where they have one."""
    access = access_of(held.course)
    return access.language if access else ENGLISH


_AMERICAN = (
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
    "America/Anchorage",
    "Pacific/Honolulu",
)


@needs("remind")
@require_http_methods(["GET", "POST"])
def course_mail(request: HttpRequest, here: Here, code: str) -> HttpResponse:
    """The reminders of a course: where to, whether, what became of each, and its calendar."""
    if request.method == "POST":
        return _change(request, here, code.upper())
    held = read(seen(here, code.upper(), "mail"))
    return _course_page(request, here, held, ContactForm(held))


def _course_page(
    request: HttpRequest, here: Here, held: Held, form: ContactForm, status: int = 200
) -> HttpResponse:
    course, agreed = held.course, contact.contact_of(held)
    words = _page(request, Message.objects.filter(course=course))
    words |= {
        "held": held,
        "here_now": "mail",
        "form": form,
        "contact": agreed,
        "spoken": LANGUAGES[agreed.language] if agreed else "",
        "feed": contact.feed_of(course),
        "link": request.session.pop(f"feed {course.code}", ""),
        "ours": course.clinic_id == here.clinic.pk,
    }
    return render(request, "reminders/course.html", words, status=status)


def _change(request: HttpRequest, here: Here, code: str) -> HttpResponse:
    course = own(here, code)
    held, do = read(course), request.POST.get("do", "")
    if do == "agree":
        form = ContactForm(held, request.POST)
        if not form.is_valid():
            return _course_page(request, here, held, form, status=422)
        said = form.cleaned_data
        contact.agree(course, here.writer, said["to"], said["time_zone"], said["language"])
        messages.success(request, _("Reminders go to this address from now on."))
    elif do == "end":
        contact.end(course, here.writer, contact.BY_TEAM)
        messages.success(request, _("No more reminders are sent."))
    elif do == "feed":
        request.session[f"feed {code}"] = address("feed", contact.new_feed(course, here.user))
        keep(held, assessed(held))
    elif do == "shut":
        contact.shut_feed(course)
        messages.success(request, _("The address of the calendar leads nowhere any more."))
    return redirect("course_mail", code=course.code)


@needs("remind")
@require_POST
def settle(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Decide by hand what becomes of a mail."""
    message = Message.objects.filter(pk=pk, clinic=here.clinic).select_related("course").first()
    if message is None:
        raise Http404
    try:
        if deciding.decide(message, request.POST.get("do", ""), here.user):
            messages.success(request, _("Noted with your name."))
        else:
            messages.info(request, _("It has moved on meanwhile: look again."))
    except deciding.NoLonger:
        told = _("What it says no longer holds: it is not sent again. Speak with the patient.")
        messages.error(request, told)
    if request.POST.get("back") == "course" and message.course:
        return redirect("course_mail", code=message.course.code)
    return redirect("outbox")


@needs("see_worklist")
@require_http_methods(["GET", "POST"])
def summary(request: HttpRequest, here: Here) -> HttpResponse:
    """Whether somebody of the team has the summary of the day by mail."""
    user: User = here.user
    if request.method == "POST":
        wanted = request.POST.get("do") == "begin" and bool(user.email)
        digests.wish(user, here.clinic, wanted)
        return redirect("summary")
    words = {"wished": digests.wishes(user, here.clinic), "lines": digests.lines(here.clinic)}
    return render(request, "reminders/summary.html", {**words, "now": clock.now()})
