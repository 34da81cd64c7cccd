"""Which course belongs to a patient of an EHR, and which person to its user."""

from typing import Any

from django.db import IntegrityError, transaction
from django.dispatch import receiver

from isocourse.clinic.launch.models import PatientLink, PersonLink
from isocourse.clinic.log import clock
from isocourse.clinic.log.models import Course, Term
from isocourse.clinic.log.recording import recorded
from isocourse.clinic.log.sealing import named, plain, term
from isocourse.clinic.people.models import Clinic, User
from isocourse.clinic.people.places import Here


@receiver(recorded, dispatch_uid="forget links")
def _forgotten(course: Course, **_: Any) -> None:
    """With a person their links are forgotten."""
    if getattr(course, "key", None) is None:
        PatientLink.objects.filter(course=course).delete()


def _patient(issuer: str, patient: str) -> str:
    return named("patient of an EHR", issuer, patient)


def course_of(clinic: Clinic, issuer: str, patient: str) -> Course | None:
    """The course of a patient of an EHR, in this clinic."""
    held = PatientLink.objects.filter(
        clinic=clinic, digest=_patient(issuer, patient), course__clinic=clinic
    )
    found = held.select_related("course").first()
    return found.course if found else None


class Linked(Exception):
    """The patient of the EHR has a course here already: somebody was a moment earlier."""


def belongs(here: Here, issuer: str, patient: str, course: Course) -> None:
    """Keep that this course is that of a patient of an EHR. Raises Linked if one is."""
    try:
        with transaction.atomic():
            PatientLink.objects.create(
                clinic=here.clinic,
                digest=_patient(issuer, patient),
                course=course,
                by=here.user,
                at=clock.now(),
            )
    except IntegrityError:
        raise Linked from None


def alike(clinic: Clinic, name: str, born: str) -> list[Course]:
    """The courses of this clinic whose patient has every part of this name and this birthday."""
    words = plain(name)
    if not words:
        return []
    held = Course.objects.filter(clinic=clinic, key__isnull=False)
    for word in {*words, born}:
        of = Term.objects.filter(clinic=clinic, digest=term(clinic.pk, word))
        held = held.filter(pk__in=of.values("course_id"))
    return list(held.order_by("pk")[:20])


def person_of(issuer: str, subject: str) -> User | None:
    """The person here that a user of an EHR said to be."""
    held = PersonLink.objects.filter(digest=named("user of an EHR", issuer, subject))
    found = held.select_related("user").first()
    return found.user if found else None


def is_person(issuer: str, subject: str, user: User) -> None:
    """Keep that a user of an EHR is this person; the first word holds."""
    PersonLink.objects.get_or_create(
        digest=named("user of an EHR", issuer, subject),
        defaults={"user": user, "at": clock.now()},
    )
