"""What a patient tells: how they feel, what went wrong, and their part in the programme."""

from collections.abc import Iterator
from typing import Any
from unicodedata import category

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from isocourse.clinic.log import clock
from isocourse.clinic.log.recording import Refused
from isocourse.clinic.portal.engine import Advice
from isocourse.clinic.portal.needing import Me, patients
from isocourse.clinic.portal.plain import GRADES, HOW_OFTEN, METHODS, PHQ_9, SYMPTOMS
from isocourse.clinic.portal.standing import danger, fertile, tips
from isocourse.clinic.portal.word import TOLD, Said, TooMuch, send
from isocourse.clinic.visits.saving import AlreadyRecorded, new_token
from isocourse.course import Assessment

_LONGEST_NOTE = 1000
_MOST_DOSES = 366
_NINE = 8
_FORM = ["GET", "POST"]
_NO_WRITING = ("Cc", "Cs", "Cn")


def today(me: Me) -> str:
    """The day it is for the patient."""
    return clock.now().astimezone(me.held.zone).date().isoformat()


def _sent(request: HttpRequest, me: Me, events: list[Said]) -> Assessment | None:
    """Record it once; how the course stands then. None where it could not be kept, which is said.

    Sent before, it is answered again: the first answer may never have arrived.
    """
    try:
        return send(me.held.course, me.writer, events, request.POST.get("token", ""))
    except AlreadyRecorded:
        messages.info(request, _("This was sent before. Nothing was sent again."))
        return me.found
    except (Refused, TooMuch):
        messages.error(request, _("This could not be kept. Call your team and tell them."))
    return None


def _form(
    request: HttpRequest, page: str, words: dict[str, Any], status: int = 200
) -> HttpResponse:
    token = request.POST.get("token") or new_token()
    return render(request, page, {**words, "token": token}, status=status)


def _note(given: QueryDict) -> dict[str, str]:
    """The patient's own words; signs that are no writing become spaces."""
    lines = given.get("note", "").replace("\r\n", "\n")  # as the form counts them
    written = lines[:_LONGEST_NOTE]
    note = "".join(" " if category(each) in _NO_WRITING else each for each in written).strip()
    return {"note": note} if note else {}


@patients
@require_http_methods(_FORM)
def check_in(request: HttpRequest, me: Me) -> HttpResponse:
    """How the patient feels, by symptom; advice comes at once."""
    given = request.POST
    words = {"me": me, "desk": me.desk, "symptoms": SYMPTOMS.items(), "grades": GRADES}
    if request.method == "GET":
        return _form(request, "portal/check_in.html", words)
    events = list(_symptoms(given, today(me)))
    if _note(given):
        events.append({"kind": "patient_report", "at": today(me), "what": "other", **_note(given)})
    if not events:
        events = [_all_well(today(me))]
    found = _sent(request, me, events)
    answered = _answered(found or me.found, events)
    return render(request, "portal/advice.html", {**words, **answered, "lost": found is None})


def _symptoms(given: QueryDict, day: str) -> Iterator[Said]:
    for symptom in SYMPTOMS:
        grade = given.get(symptom, "")
        if grade in ("1", "2", "3", "4"):
            yield {"kind": "symptom", "at": day, "symptom": symptom, "grade": int(grade)}


def _all_well(day: str) -> Said:
    """That nothing bothers them: a report and no symptom, since no rule counts what is absent."""
    told = {TOLD: {"kind": "symptom", "none": True}}
    return {"kind": "patient_report", "at": day, "what": "other", **told}


def _answered(found: Assessment, events: list[Said]) -> dict[str, Any]:
    """What the engine's rules say to what was just told."""
    told = {each["symptom"] for each in events if each["kind"] == "symptom"}
    severe = any(each.get("grade", 0) >= 3 for each in events)
    harm = danger(found) or any(each.get("grade") == 4 for each in events)
    well = bool(events) and all(each.get(TOLD, {}).get("none") for each in events)
    return {
        "danger": harm,
        "call": severe or any(each.urgency == "soon" for each in _of_symptoms(found)),
        "advice": list(_for(found)) if told else [],
        "well": well and not harm,
    }


def _of_symptoms(found: Assessment) -> Iterator[Any]:
    return (each for each in found.alerts if each.topic == "side_effect")


def _for(found: Assessment) -> Iterator[Advice]:
    """The tips that speak because of a symptom."""
    return (each for each in tips(found) if each.rule.startswith("side_effects."))


@patients
@require_http_methods(_FORM)
def mood(request: HttpRequest, me: Me) -> HttpResponse:
    """Nine questions about the last two weeks; danger leads to help at once, and to the team."""
    given = [request.POST.get(f"i{place}", "") for place in range(1, len(PHQ_9) + 1)]
    words = {"me": me, "desk": me.desk, "rows": _rows(given), "answers": HOW_OFTEN}
    if request.method == "GET":
        return _form(request, "portal/mood.html", words)
    if given[_NINE] in ("1", "2", "3") or all(each in ("0", "1", "2", "3") for each in given):
        return _mood_sent(request, me, given)
    return _form(request, "portal/mood.html", {**words, "missing": True}, 422)


def _rows(given: list[str]) -> list[dict[str, Any]]:
    return [
        {"name": f"i{place}", "text": text, "given": said}
        for place, (text, said) in enumerate(zip(PHQ_9, given, strict=True), start=1)
    ]


def _mood_sent(request: HttpRequest, me: Me, given: list[str]) -> HttpResponse:
    """Recorded even when other answers are missing, if the last one says danger."""
    points = [int(each) if each in ("0", "1", "2", "3") else 0 for each in given]
    whole = all(given)
    found = _sent(request, me, [_questionnaire(me, points, whole)])
    if points[_NINE] > 0 or (found is not None and _mind_in_danger(found)):
        if found is not None:  # refused or sent before: that is said already
            messages.info(request, _("Your team is told now. Do not wait for them to call."))
        return redirect("my_help")
    if found is not None:
        messages.success(request, _("Thank you. Your team can see your answers."))
    return redirect("my_home")


def _questionnaire(me: Me, points: list[int], whole: bool) -> Said:
    note = "Answered by the patient on their own page, to questions in plain words."
    return {
        "kind": "questionnaire",
        "at": today(me),
        "instrument": "phq-9",
        "score": sum(points),
        "item_9": points[_NINE],
        "note": note if whole else f"{note} Not all were answered; the rest count as 0 here.",
    }


def _mind_in_danger(found: Assessment) -> bool:
    return any(each.urgency == "now" and each.topic == "mental_health" for each in found.alerts)


@patients
@require_GET
def help_now(request: HttpRequest, me: Me) -> HttpResponse:
    """Help for somebody who thinks of hurting themselves."""
    return render(request, "portal/help.html", {"me": me, "desk": me.desk})


@patients
@require_http_methods(_FORM)
def tell(request: HttpRequest, me: Me) -> HttpResponse:
    """Something went wrong: a late period, sex without protection, missed capsules, a stop."""
    words = {"me": me, "desk": me.desk, "fertile": fertile(me.found)}
    if request.method == "GET":
        return _form(request, "portal/tell.html", words)
    what = request.POST.get("what", "")
    event = _report(request.POST, what, today(me))
    if event is None:
        return _form(request, "portal/tell.html", {**words, "missing": True, "what": what}, 422)
    found = _sent(request, me, [event])
    words |= {"what": what, "danger": danger(found or me.found), "lost": found is None}
    return render(request, "portal/told.html", words)


def _report(given: QueryDict, what: str, day: str) -> Said | None:
    """The event of a report; None while something is missing."""
    said = {"kind": "patient_report", "at": day, **_note(given)}
    if what in ("missed_period", "unprotected_contact"):
        return {**said, "what": what}
    if what == "missed_doses":
        count = given.get("count", "")
        known = count.isdecimal() and 1 <= int(count) <= _MOST_DOSES
        return {**said, "what": what, "count": int(count)} if known else None
    if what == "stopped":
        return {**said, "what": "other", TOLD: {"kind": "stop"}}
    return {**said, "what": "other"} if what == "other" and "note" in said else None


@patients
@require_http_methods(_FORM)
def questions(request: HttpRequest, me: Me) -> HttpResponse:
    """Birth control and the programme's questions: told to the team, who records what counts."""
    words = {"me": me, "desk": me.desk, "methods": METHODS.items()}
    if request.method == "GET":
        return _form(request, "portal/questions.html", words)
    chosen = [each for each in request.POST.getlist("method") if each in METHODS]
    if not chosen:
        return _form(request, "portal/questions.html", {**words, "missing": True}, 422)
    answered = request.POST.get("answered") == "yes"
    told = {"kind": "comprehension", "answered": answered, "contraception": chosen}
    event = {"kind": "patient_report", "at": today(me), "what": "other", TOLD: told}
    if _sent(request, me, [{**event, **_note(request.POST)}]) is not None:
        messages.success(request, _("Thank you. Your team can see this and checks it with you."))
    return redirect("my_home")
