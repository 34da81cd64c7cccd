"""The FHIR server."""

from django.apps import AppConfig


class Fhir(AppConfig):
    """What other systems read."""

    name = "isocourse.clinic.fhir"
    label = "fhir"
