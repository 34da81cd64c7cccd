"""Whether something has to be spoken about before a patient takes another capsule."""

from isocourse.course import Assessment
from isocourse.rules.book import HARMS

_STOPPING = ("mental_health", "contraindication")
_BLOOD = "labs"


def harmed(found: Assessment) -> bool:
    """Whether harm is feared: then no paper and no page of a patient tells a dose to take."""
    stops = [each for each in found.actions["prescribe"].reasons if each.effect == "blocks"]
    return (
        found.stage == "pregnant"
        or any(each.task == "stop" for each in found.due)
        or any(each.urgency == "now" and each.topic in (*HARMS, _BLOOD) for each in found.alerts)
        or any(each.topic in _STOPPING for each in stops)
    )
