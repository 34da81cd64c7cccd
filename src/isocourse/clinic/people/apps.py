"""The people of the clinics."""

from django.apps import AppConfig


class People(AppConfig):
    """Clinics, people and their roles."""

    name = "isocourse.clinic.people"
    label = "people"
