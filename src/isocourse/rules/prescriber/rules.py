"""Who may prescribe, how many prescribers agree, and how the patient is seen."""

from isocourse.rules.book import advises, refuses
from isocourse.rules.consent.rules import LAYER
from isocourse.words.codes import Role
from isocourse.words.expressions import ALWAYS, NEVER, shown


def _not_among(role, names):
    """The role is recorded and none of those named."""
    other = ALWAYS
    for name in names:
        other = other & (role != Role[name.upper()])
    return shown(other)


def _among(role, names):
    """The role is recorded and one of those named."""
    same = NEVER
    for name in names:
        same = same | (role == Role[name.upper()])
    return shown(same)


def _only_goes_on(course, role, values):
    """A role that may only go on with what the right one began, and the wrong one began it."""
    if not values.roles_first or values.roles_later == values.roles_first:
        return NEVER
    return course.begun_by_wrong_role & _not_among(role, values.roles_first)


@refuses(
    "start",
    "prescribe",
    topic="prescriber",
    layer=LAYER,
    says="The first prescription is not for a {visit_role} to write here.",
)
def wrong_role_to_begin(course, values):
    """Treatment is begun by the professionals whom the place names."""
    if not values.roles_first:
        return NEVER
    return ~course.begun & _not_among(course.visit_role, values.roles_first)


@refuses(
    "prescribe",
    topic="prescriber",
    layer=LAYER,
    says="A later prescription is not for a {visit_role} to write here.",
)
def wrong_role_to_continue(course, values):
    """Treatment is continued by the professionals whom the place names."""
    barred = _among(course.visit_role, values.roles_barred)
    wrong = _not_among(course.visit_role, values.roles_later) if values.roles_later else NEVER
    return course.begun & (wrong | barred)


@refuses(
    "dispense",
    topic="prescriber",
    layer=LAYER,
    says="This prescription was written by a {prescription_role}, who may not write it here.",
)
def prescription_by_wrong_role(course, values):
    """A prescription is handed over only when the right professional wrote it."""
    first, later = values.roles_first, values.roles_later
    wrong_first = _not_among(course.prescription_role, first) if first else NEVER
    wrong_later = _not_among(course.prescription_role, later) if later else NEVER
    wrong_later = wrong_later | _among(course.prescription_role, values.roles_barred)
    return (course.prescription_first & wrong_first) | (~course.prescription_first & wrong_later)


@refuses(
    "prescribe",
    topic="prescriber",
    layer=LAYER,
    says="Nobody who may begin treatment here prescribed what was handed over so far; a later "
    "prescription is not yet for a {visit_role} to write.",
)
def wrong_role_began(course, values):
    """A treatment that the wrong professional began is for the right one to go on with."""
    return _only_goes_on(course, course.visit_role, values)


@refuses(
    "dispense",
    topic="prescriber",
    layer=LAYER,
    says="Nobody who may begin treatment here prescribed what was handed over so far, nor this: "
    "a {prescription_role} wrote it.",
)
def prescription_after_wrong_role_began(course, values):
    """Nothing more is handed over until one who may begin treatment has prescribed it."""
    return ~course.prescription_first & _only_goes_on(course, course.prescription_role, values)


@refuses(
    "start",
    "prescribe",
    "dispense",
    topic="prescriber",
    layer=LAYER,
    says="{prescribers_agreed} prescriber agreed; under {young_years} at least "
    "{prescribers_under_age} independent prescribers have to agree before treatment begins.",
)
def too_few_prescribers(course, values):
    """Below the age that the place names, several prescribers agree before the first dose."""
    if not values.prescribers_under_age:
        return NEVER
    young = course.age_years < values.young_years
    return ~course.begun & young & (course.prescribers_agreed < values.prescribers_under_age)


@refuses(
    "start",
    "prescribe",
    "dispense",
    topic="visit",
    layer=LAYER,
    says="The patient was not yet seen in person.",
)
def not_seen_in_person(course, values):
    """The patient is seen face to face before the first dose."""
    return ~course.begun & ~course.seen_in_person if values.first_visit_in_person else NEVER


@refuses(
    "start",
    "prescribe",
    topic="visit",
    layer=LAYER,
    says="The last visit was remote; visits are in person under the rules of that day.",
)
def last_visit_not_in_person(course, values):
    """Every visit is face to face where the place says so."""
    return course.last_visit_remote if values.follow_up_in_person else NEVER


@refuses(
    "dispense",
    topic="visit",
    layer=LAYER,
    says="This prescription was written at a remote visit; visits are in person under the rules "
    "of that day.",
)
def prescribed_at_remote_visit(course, values):
    """A prescription written at a remote visit is not handed over where visits are face to face."""
    return course.prescribing_visit_remote if values.follow_up_in_person else NEVER


@advises(
    "dispense",
    topic="prescriber",
    layer=LAYER,
    says="Who wrote this prescription is not recorded; here it matters.",
)
def prescriber_role_not_recorded(course, values):
    """Where a place names who may prescribe, the role should be recorded."""
    if not (values.roles_first or values.roles_later):
        return NEVER
    return ~shown(course.prescription_role >= 0)
