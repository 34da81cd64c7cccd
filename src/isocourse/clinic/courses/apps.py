"""The page of a course."""

from django.apps import AppConfig


class Courses(AppConfig):
    """The page of a course."""

    name = "isocourse.clinic.courses"
    label = "courses"
