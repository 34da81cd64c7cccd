"""The team's side of the patient's page."""

from django.apps import AppConfig


class Patients(AppConfig):
    """The team's side of the patient's page."""

    name = "isocourse.clinic.patients"
    label = "patients"
