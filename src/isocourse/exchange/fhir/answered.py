"""What an assessment says, in FHIR: verdicts as GuidanceResponse, reasons and alerts as
DetectedIssue, what is due as Task. They are worked out anew each time, and never read back.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from isocourse import evidence
from isocourse.course import Assessment, Reason
from isocourse.course.answers import Alert, Answer, Task
from isocourse.exchange.fhir import own
from isocourse.exchange.fhir.looking import Json
from isocourse.exchange.fhir.spelling import identity, ours, without_nothing

Named = tuple[str, Json]
_TAG = {"tag": [{"system": own.DERIVED, "code": "assessment"}]}
_HELD = {"now": "high", "soon": "moderate", "note": "low"}


def answered(
    assessment: Assessment, course_id: str, patient: str, urls: dict[str, str]
) -> Iterator[Named]:
    """Every resource that the assessment gives, each with its name."""
    told = _Told(assessment, course_id, patient, urls)
    seen: set[str] = set()
    for action, answer in assessment.actions.items():
        yield told.named("guidance", action, told.guidance(action, answer))
        for reason in answer.reasons:
            if reason.rule not in seen and reason.stops:
                seen.add(reason.rule)
                yield told.named("reason", reason.rule, told.reason(reason))
    for alert in assessment.alerts:
        yield told.named("alert", alert.rule, told.alert(alert))
    for number, task in enumerate(assessment.due):
        yield told.named("task", f"{task.rule}-{number}", told.task(task))


class _Told:
    """The same assessment in the words of FHIR."""

    def __init__(
        self, assessment: Assessment, course_id: str, patient: str, urls: dict[str, str]
    ) -> None:
        self.at = assessment.at.isoformat()
        self.course_id, self.subject, self.urls = course_id, {"reference": patient}, urls

    def named(self, kind: str, name: str, resource: Json) -> Named:
        """A resource under a name that it has again next time."""
        uuid = identity(self.course_id, kind, name, self.at)
        head = {"resourceType": resource.pop("resourceType"), "id": uuid, "meta": _TAG}
        return f"urn:uuid:{uuid}", head | resource

    def guidance(self, action: str, answer: Answer) -> Json:
        """A verdict: whether it could be told, and every reason in words."""
        missing = sorted({name for each in answer.reasons for name in each.missing})
        needed = answer.verdict == "unknown"
        said = [f"{action}: {answer.verdict}"]
        said += [f"{each.effect}: {each.sentence}" for each in answer.reasons]
        said += [f"missing: {', '.join(missing)}"] if missing else []
        return {
            "resourceType": "GuidanceResponse",
            "moduleUri": f"urn:isocourse:action:{action}",
            "status": "data-required" if needed else "success",
            "subject": self.subject,
            "occurrenceDateTime": self.at,
            "reasonCode": [ours(answer.verdict)],
            "note": [{"text": each} for each in said],
        }

    def reason(self, reason: Reason) -> Json:
        """A rule that stops an action."""
        return self._issue(reason, "high", reason.sentence, None)

    def alert(self, alert: Alert) -> Json:
        """Something to act on."""
        return self._issue(alert, _HELD[alert.urgency], alert.sentence, alert.advice)

    def _issue(self, said: Any, severity: str, detail: str, advice: str | None) -> Json:
        implicated = [{"reference": self.urls[e]} for e in said.events if e in self.urls]
        mitigation = [{"action": {"text": advice}}] if advice else None
        return without_nothing(
            {
                "resourceType": "DetectedIssue",
                "status": "final",
                "code": ours(said.rule, said.topic.replace("_", " ")),
                "severity": severity,
                "patient": self.subject,
                "identifiedDateTime": self.at,
                "implicated": implicated,
                "detail": detail,
                "reference": _link(said.cites),
                "mitigation": mitigation,
            }
        )

    def task(self, task: Task) -> Json:
        """What is due, with the days on which it opens, is due and closes."""
        period = {"start": _iso(task.opens), "end": _iso(task.closes)}
        limit = {"period": {"end": _iso(task.due)}} if task.due else None
        return without_nothing(
            {
                "resourceType": "Task",
                "status": "requested",
                "intent": "proposal",
                "code": ours(task.task),
                "description": task.sentence,
                "for": self.subject,
                "executionPeriod": without_nothing(period),
                "reasonCode": ours(task.rule, task.topic.replace("_", " ")),
                "restriction": limit,
            }
        )


def _link(cites: tuple[str, ...]) -> str | None:
    """Where the first source cited is published."""
    links = (evidence.source(each.partition("#")[0]).link for each in cites)
    return next((link for link in links if link.startswith("https://")), None)


def _iso(moment: date | None) -> str | None:
    return None if moment is None else moment.isoformat()
