"""A person who is forgotten: the access ends and the photographs go with the key."""

from typing import Any

from django.dispatch import receiver

from isocourse.clinic.log import clock
from isocourse.clinic.log.models import Course
from isocourse.clinic.log.recording import recorded
from isocourse.clinic.people.models import User
from isocourse.clinic.portal.models import Access, Photo


@receiver(recorded, dispatch_uid="forget the patient's page")
def after_an_entry(course: Course, **_: Any) -> None:
    """In the transaction of the erasure."""
    if getattr(course, "key", None) is not None:
        return
    Photo.objects.filter(course=course).delete()
    held = Access.objects.filter(course=course, ended=None)
    User.objects.filter(patient__in=held).update(is_active=False)
    held.update(ended=clock.now())
