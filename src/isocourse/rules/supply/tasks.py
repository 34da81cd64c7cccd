"""What has to be done for the next supply: prescription, visit, the registry's word, hand-over."""

from isocourse.rules.binding import bound
from isocourse.rules.book import Due, task
from isocourse.rules.pregnancy.rules import LAYER
from isocourse.rules.standing import ahead, goes_on, least, on_treatment, pregnant
from isocourse.rules.supply.lapse import lapsed, ready, windows
from isocourse.words.expressions import NEVER, greatest, shown


def needed_by(course):
    """The last day of the supply in hand; today when there is none."""
    return greatest(0, course.days_of_supply_left)


def _renewal_opens(course, values):
    return course.days_of_supply_left + (1 - values.renewal_days)


@task(
    "prescription",
    topic="supply",
    layer=LAYER,
    says="The first prescription is written once nothing else is left to do.",
)
def first_prescription(course, values):
    """Before the first dose there is a prescription that may be handed over."""
    values.of("supply", "limit_binds")
    return Due(ahead(course) & ~ready(course, values), due=None)


@task(
    "prescription",
    topic="supply",
    layer=LAYER,
    says="The next supply needs a prescription of its own.",
)
def next_prescription(course, values):
    """Each supply needs a prescription, before the one in hand is used up."""
    values.of("supply", "limit_binds")
    when = on_treatment(course) & ~ready(course, values)
    return Due(when, opens=_renewal_opens(course, values), due=needed_by(course))


def _closes(course, values, able):
    """The days left of every window of those able, or not able, to become pregnant."""
    held = windows(course, values)
    return [
        *(days - 1 - since for of_able, since, days in held if of_able is able),
        course.authorisation_days_left,
    ]


def _hand_over(course, values, able):
    last = least(*_closes(course, values, able))
    when = goes_on(course) & ready(course, values, able)
    return when, least(last, needed_by(course)), last


@task(
    "hand_over",
    topic="window",
    layer=LAYER,
    says="The capsules prescribed are handed over, if the gate allows it by then.",
)
def hand_over_to_able(course, values):
    """A person who can become pregnant gets the capsules within the windows of test and paper."""
    when, due, closes = _hand_over(course, values, able=True)
    return Due(when & course.can_become_pregnant, due=due, closes=closes)


@task(
    "hand_over",
    topic="window",
    layer=LAYER,
    says="The capsules prescribed are handed over, if the gate allows it by then.",
)
def hand_over_to_unable(course, values):
    """Others get the capsules while their prescription holds."""
    when, due, closes = _hand_over(course, values, able=False)
    return Due(when & ~course.can_become_pregnant, due=due, closes=closes)


@task(
    "authorisation",
    topic="authorisation",
    layer=LAYER,
    says="The pharmacy asks the registry for its authorisation of this prescription.",
)
def authorisation(course, values):
    """The registry's word is asked for each hand-over."""
    if not values.authorised:
        return Due(NEVER)
    late = shown(course.authorisation_days_left < 0)
    wanted = bound(values.authorised, course, ~shown(course.authorised) | late)
    return Due(goes_on(course) & ready(course, values) & wanted, due=needed_by(course))


@task(
    "return_to_stock",
    topic="authorisation",
    layer=LAYER,
    says="The capsules were not collected in time: reverse the authorisation and return them to "
    "stock.",
)
def return_to_stock(course, values):
    """What was authorised and not collected in time goes back, and the authorisation with it."""
    if not values.authorised:
        return Due(NEVER)
    missed = lapsed(course, values) | shown(course.authorisation_days_left < 0)
    ended = missed | course.stopped | pregnant(course)
    return Due(course.prescription_open & shown(course.authorised) & ended)


@task(
    "visit",
    topic="visit",
    layer=LAYER,
    says="A visit before the supply in hand is used up.",
)
def visit_before_supply_ends(course, values):
    """The patient comes back for each prescription before the supply ends."""
    if values.visit_counts_days is None:
        return Due(NEVER)
    seen = shown(course.days_since_visit < values.visit_counts_days)
    when = on_treatment(course) & ~ready(course, values) & ~seen
    return Due(when, opens=_renewal_opens(course, values), due=needed_by(course))


@task(
    "first_review",
    topic="visit",
    layer=LAYER,
    says="A first review about {first_review_days} days after the start.",
)
def first_review(course, values):
    """The first review comes about a month after the start."""
    if values.first_review_days is None:
        return Due(NEVER)
    seen = shown(course.days_since_visit < course.days_since_start)
    due = values.first_review_days - course.days_since_start
    return Due(on_treatment(course) & ~seen, due=due)
