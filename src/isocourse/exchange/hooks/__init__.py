"""CDS Hooks 2.0: an EHR asks at the moment of an order, and gets cards. No HTTP is known here."""

from isocourse.exchange.hooks.answering import Asked, answer
from isocourse.exchange.hooks.feedback import Feedback, read_feedback
from isocourse.exchange.hooks.refusing import BadRequest, DataNeeded
from isocourse.exchange.hooks.services import SERVICES, discovery

__all__ = [
    "SERVICES",
    "Asked",
    "BadRequest",
    "DataNeeded",
    "Feedback",
    "answer",
    "discovery",
    "read_feedback",
]
