"""The front door: assess a course, for one moment, under the rules then in force."""

from isocourse.course.answers import Answer, Assessment, Reason, Window
from isocourse.course.assessing import assess
from isocourse.course.settings import DEFAULT, BadSettings, Settings, read_settings
from isocourse.rules import NoValue

__all__ = [
    "DEFAULT",
    "Answer",
    "Assessment",
    "BadSettings",
    "NoValue",
    "Reason",
    "Settings",
    "Window",
    "assess",
    "read_settings",
]
