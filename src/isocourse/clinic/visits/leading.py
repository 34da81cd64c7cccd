"""What is missing leads to the place where it is recorded."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse

from isocourse.clinic.access.acts import may

_TASKS: Mapping[str, str] = {
    "abstinence_agreement": "prevention#contraception",
    "ck": "body#labs",
    "comprehension": "prevention#comprehension",
    "consent": "papers#papers",
    "contraception": "prevention#contraception",
    "counselling": "papers#talks",
    "cycle": "prevention#reports",
    "diagnosis": "acne#acne",
    "end_of_pregnancy": "changes#pregnancy",
    "enrolment": "papers#papers",
    "first_review": "visit#visit",
    "follow_up": "visit#visit",
    "gad_7": "mood#gad7",
    "glucose": "body#labs",
    "history_review": "history#history",
    "lipids": "body#labs",
    "liver": "body#labs",
    "mental_health": "mood#mind",
    "phq_9": "mood#phq9",
    "pregnancy_category": "prevention#category",
    "pregnancy_test": "prevention#test",
    "pregnancy_test_after": "prevention#test",
    "prescriber_agreement": "papers#agreement",
    "relapse_watch": "changes#turning",
    "sexual_function": "mood#mind",
    "stop": "changes#turning",
    "visit": "visit#visit",
    "weight": "body#weight",
}
_TOPICS: Mapping[str, str] = {
    "comprehension": "prevention#comprehension",
    "consent": "papers#papers",
    "contraception": "prevention#contraception",
    "contraindication": "history#history",
    "counselling": "papers#talks",
    "dose": "body#weight",
    "enrolment": "papers#papers",
    "indication": "acne#acne",
    "interaction": "history#history",
    "labs": "body#labs",
    "mental_health": "mood#mind",
    "pregnancy_category": "prevention#category",
    "pregnancy_test": "prevention#test",
    "prescriber": "papers#agreement",
    "sexual_function": "mood#mind",
    "side_effect": "visit#symptoms",
    "stopping": "changes#turning",
    "visit": "visit#visit",
}
_PAGES: Mapping[str, str] = {
    "authorisation": "authorisation",
    "hand_over": "hand_over",
    "prescription": "prescribe",
    "return_capsules": "return_to_stock",
    "return_to_stock": "return_to_stock",
    "second_course": "work_up",
}
NEEDS: Mapping[str, str] = {
    "authorisation": "record_authorisation",
    "hand_over": "hand_over",
    "prescribe": "prescribe",
    "return_to_stock": "return_to_stock",
    "work_up": "record",
    "record": "record",
}
"""What each page asks of a role; a test holds it against the pages."""


@dataclass(frozen=True, slots=True)
class Ways:
    """The links of one course for one role."""

    code: str
    role: str

    def to_task(self, task: str) -> str:
        """Where a task is recorded; empty where it is not for this role or not recorded at all."""
        page = _PAGES.get(task)
        return self._page(page) if page else self._form(_TASKS.get(task))

    def to_topic(self, topic: str) -> str:
        """Where what a reason asks for is recorded."""
        page = _PAGES.get(topic)
        return self._page(page) if page else self._form(_TOPICS.get(topic))

    def _page(self, name: str) -> str:
        return reverse(name, args=[self.code]) if may(self.role, NEEDS[name]) else ""

    def _form(self, place: str | None) -> str:
        if place is None or not may(self.role, NEEDS["record"]):
            return ""
        form, _, part = place.partition("#")
        return reverse("record", args=[self.code, form]) + f"#{part}"


_KINDS: Mapping[str, str] = {
    "allergy": "history",
    "comprehension": "prevention",
    "condition": "history",
    "consent": "papers",
    "contraception": "prevention",
    "counselling": "papers",
    "cycle": "prevention",
    "diagnosis": "acne",
    "document": "document",
    "enrolment": "papers",
    "history_review": "history",
    "lab": "body",
    "medicine": "history",
    "menses": "prevention",
    "mental_health": "mood",
    "patient_report": "prevention",
    "pregnancy": "changes",
    "pregnancy_category": "prevention",
    "pregnancy_test": "prevention",
    "prescriber_agreement": "papers",
    "prior_treatment": "acne",
    "questionnaire": "mood",
    "relapse": "changes",
    "restart": "changes",
    "sexual_function": "mood",
    "stop": "changes",
    "taken": "changes",
    "weight": "body",
}


def form_of(kind: str) -> str:
    """The form by which an event of a kind is recorded again after it was taken back."""
    return _KINDS.get(kind, "visit")
