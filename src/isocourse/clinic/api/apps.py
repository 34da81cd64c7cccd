"""The API."""

from django.apps import AppConfig


class Api(AppConfig):
    """What other systems of the clinic read and write."""

    name = "isocourse.clinic.api"
    label = "api"
