"""Supply: how much may be handed over, until when, and with whose word."""

from isocourse.rules.binding import bound
from isocourse.rules.book import advises, refuses
from isocourse.rules.pregnancy.rules import LAYER
from isocourse.words.expressions import NEVER, shown


@refuses(
    "dispense",
    topic="supply",
    layer=LAYER,
    says="The prescription is for {prescription_days} days; at most {supply_days} are allowed.",
)
def too_many_days(course, values):
    """One prescription is for a limited number of days."""
    if values.supply_days is None:
        return NEVER
    return bound(values.limit_binds, course, course.prescription_days > values.supply_days)


@refuses(
    "dispense",
    topic="supply",
    layer=LAYER,
    says="The prescription has {prescription_refills} refills; none are allowed.",
)
def refills(course, values):
    """No refills: each supply needs a prescription of its own."""
    return bound(values.limit_binds, course, course.prescription_refills > 0)


@refuses(
    "dispense",
    topic="supply",
    layer=LAYER,
    says="The capsules prescribed last {quantity_days} days at the daily dose; at most "
    "{supply_days} days are allowed.",
)
def too_many_capsules(course, values):
    """The capsules last no longer at the daily dose than the days allowed."""
    if values.supply_days is None:
        return NEVER
    too_many = shown(course.quantity_days > values.supply_days)
    return bound(values.limit_binds, course, too_many)


@refuses(
    "dispense",
    topic="supply",
    layer=LAYER,
    says="The capsules do not come out in whole packs of {pack_size}; packs are not broken.",
)
def broken_pack(course, values):
    """Packs that carry the leaflet of the programme are not broken."""
    return course.loose_capsules if values.pack_size is not None else NEVER


@refuses(
    "dispense",
    topic="supply",
    layer="local",
    says="The prescription is for {prescription_days} days; this clinic allows {max_supply_days}.",
)
def more_days_than_the_clinic_allows(course, values):
    """A clinic may set a shorter supply for everyone."""
    limit = values.local("max_supply_days")
    return NEVER if limit is None else course.prescription_days > limit


@advises(
    "dispense",
    topic="supply",
    layer="label",
    says="The capsules prescribed last {quantity_days} days at the daily dose, the prescription "
    "is for {prescription_days} days.",
    cites="isocourse-safety#implausible-dose",
)
def quantity_and_days_differ(course, values):
    """Capsules and days should agree."""
    return course.quantity_days > course.prescription_days


@refuses(
    "dispense",
    topic="window",
    layer=LAYER,
    says="The window opened by the pregnancy test is over: the specimen was collected "
    "{days_since_prescription_test} days ago; the window is {test_days} days, that day included.",
)
def test_window_closed(course, values):
    """Capsules are handed over within the window that the pregnancy test opens."""
    if not values.of("pregnancy", "hand_over_window"):
        return NEVER
    over = course.days_since_prescription_test >= values.of("pregnancy", "test_days")
    return course.can_become_pregnant & shown(over)


@refuses(
    "dispense",
    topic="window",
    layer=LAYER,
    says="The visit behind this prescription was {days_since_prescribing_visit} days ago; its "
    "window is {visit_window_days} days, its own day included.",
)
def visit_window_closed(course, values):
    """A person who cannot become pregnant gets the capsules within a window from the visit."""
    if values.visit_window_days is None:
        return NEVER
    over = course.days_since_prescribing_visit >= values.visit_window_days
    return ~course.can_become_pregnant & over


@refuses(
    "dispense",
    topic="window",
    layer=LAYER,
    says="The prescription is {days_since_prescription} days old; it is valid for {valid_days} "
    "days, its own day included.",
)
def prescription_expired(course, values):
    """A prescription for a person who can become pregnant is valid for few days."""
    if values.valid_days is None:
        return NEVER
    return course.can_become_pregnant & (course.days_since_prescription >= values.valid_days)


@refuses(
    "dispense",
    topic="window",
    layer=LAYER,
    says="The prescription is {days_since_prescription} days old; it is valid for "
    "{valid_days_cannot} days, its own day included.",
)
def prescription_expired_cannot(course, values):
    """Where a place says so, other prescriptions expire soon as well."""
    if values.valid_days_cannot is None:
        return NEVER
    old = course.days_since_prescription >= values.valid_days_cannot
    return ~course.can_become_pregnant & old


@refuses(
    "dispense",
    topic="window",
    layer=LAYER,
    says="Non-pregnancy was certified {days_since_certified} days ago; that holds for "
    "{certified_days} days, its own day included.",
)
def certification_expired(course, values):
    """The window runs from the day on which non-pregnancy was certified."""
    if values.certified_days is None:
        return NEVER
    old = (course.days_since_certified >= values.certified_days) | (course.days_since_certified < 0)
    return course.can_become_pregnant & old


@advises(
    "dispense",
    topic="window",
    layer=LAYER,
    says="The prescription names no certified day; the day of the test was used instead.",
)
def certified_day_missing(course, values):
    """Where the window runs from certification, the prescription should name its day."""
    if values.certified_days is None:
        return NEVER
    return course.can_become_pregnant & course.certified_day_missing


@refuses(
    "dispense",
    topic="authorisation",
    layer=LAYER,
    says="The registry has taken back its authorisation of this prescription, or the capsules went "
    "back to stock after it.",
)
def not_authorised(course, values):
    """The registry's word is needed for each hand-over; isocourse never stands in for it."""
    return bound(values.authorised, course, ~course.authorised)


@refuses(
    "dispense",
    topic="authorisation",
    layer=LAYER,
    says="The registry's last day for this hand-over has passed.",
)
def authorisation_expired(course, values):
    """Nothing is handed over after the last day that the registry printed."""
    return bound(values.authorised, course, shown(course.authorisation_days_left < 0))
