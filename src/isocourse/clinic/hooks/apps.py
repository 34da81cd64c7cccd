"""CDS Hooks."""

from django.apps import AppConfig


class Hooks(AppConfig):
    """The services that an EHR calls."""

    name = "isocourse.clinic.hooks"
    label = "hooks"
