"""What is worth knowing of the doses taken so far. Nothing here stops anything.

µg are compared with mg/kg times g, so both sides are whole numbers.
"""

from isocourse.rules.book import alerts
from isocourse.words.expressions import shown


@alerts(
    "note",
    topic="dose",
    layer="guideline",
    says="The cumulative dose has reached {target_least} mg/kg at the latest weight, from which "
    "little more is gained.",
    advice="Look whether the skin is clear, and whether to stop. The aim is advice: the evidence "
    "for it is weak, and some go on until the skin has been clear for a while.",
    cites=("cumulative-review-2015#weak-evidence", "clearance-cohort#after-clearance"),
)
def target_reached(course, values):
    """Once the usual cumulative dose is reached, the end of the course is in sight."""
    reached = course.total_taken >= course.sound_weight * values.target_least
    return course.begun & ~course.stopped & shown(reached)


@alerts(
    "note",
    topic="dose",
    layer="guideline",
    says="The cumulative dose has passed {no_gain_above} mg/kg at the latest weight; no gain was "
    "seen above it.",
    advice="Go on only with a reason that is written down.",
)
def beyond_any_gain(course, values):
    """Above a certain cumulative dose no study saw fewer relapses."""
    passed = course.total_taken > course.sound_weight * values.no_gain_above
    return course.begun & ~course.stopped & shown(passed)
