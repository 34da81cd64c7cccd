"""A window that closes, a supply that ends. The gates say what follows."""

from isocourse.rules.book import alerts
from isocourse.rules.pregnancy.rules import LAYER
from isocourse.rules.standing import goes_on, on_treatment
from isocourse.rules.supply.lapse import of_those, ready, untested, window_over, windows
from isocourse.words.expressions import NEVER, shown


def _near(course, values, days):
    """Some window of the prescription closes within so many days from today, or has closed."""
    near = NEVER
    for able, since, length in windows(course, values):
        near = near | (of_those(course, able) & shown(since >= length - 1 - days))
    if values.authorised:
        near = near | shown(course.authorisation_days_left <= days)
    return near


def _closed(course, values):
    """A window is over, or the registry's last day has passed."""
    late = shown(course.authorisation_days_left < 0) if values.authorised else NEVER
    return late | window_over(course, values, None)


def _waits(course, values):
    """A prescription waits that rests on a test that serves, where one is needed."""
    unserved = course.can_become_pregnant & untested(course, values)
    return goes_on(course) & course.prescription_open & ~unserved


@alerts(
    "now",
    topic="window",
    layer=LAYER,
    says="The window for handing over these capsules closes today.",
    advice="If the gate allows it, hand them over today; else begin again with what the next "
    "window needs.",
)
def window_closes_today(course, values):
    """The last day of a window is told."""
    near = _near(course, values, 0)
    return _waits(course, values) & near & ~_closed(course, values)


@alerts(
    "soon",
    topic="window",
    layer=LAYER,
    says="The window for handing over these capsules closes within {closing_days} days.",
    advice="If the gate allows it, remind the patient and the pharmacy: capsules are picked up by "
    "then, not only made up.",
)
def window_closes_soon(course, values):
    """The last days of a window are told."""
    near = _near(course, values, values.closing_days)
    return _waits(course, values) & near & ~_near(course, values, 0)


@alerts(
    "soon",
    topic="supply",
    layer="guideline",
    says="The capsules in hand last {days_of_supply_left} days after today, and no prescription "
    "waits.",
    advice="Plan test, visit and prescription now, so that treatment does not break off.",
)
def supply_ends_soon(course, values):
    """The end of a supply is told before it comes."""
    left = course.days_of_supply_left
    near = shown(left >= 0) & shown(left < values.renewal_days)
    return on_treatment(course) & near & ~ready(course, values)


@alerts(
    "soon",
    topic="supply",
    layer="guideline",
    says="By the record the capsules have run out.",
    advice="Ask what the patient takes. A gap is no stop: go on when the gate allows, or record "
    "a stop.",
    cites="isocourse-safety#stopped-course",
)
def supply_has_run_out(course, values):
    """A gap between supplies is told."""
    return on_treatment(course) & shown(course.days_of_supply_left < 0)
