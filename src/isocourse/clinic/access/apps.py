"""Access to courses."""

from django.apps import AppConfig


class Access(AppConfig):
    """The access log and the emergency access."""

    name = "isocourse.clinic.access"
    label = "access"
