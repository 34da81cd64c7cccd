"""Who has still to agree, and who has still to be seen in person."""

from isocourse.rules.book import Due, task
from isocourse.rules.consent.rules import LAYER
from isocourse.rules.prescriber.rules import _among, _not_among, _only_goes_on
from isocourse.rules.standing import ahead, goes_on
from isocourse.words.expressions import NEVER, shown

SILENT = Due(NEVER)


@task(
    "prescriber_agreement",
    topic="prescriber",
    layer=LAYER,
    says="{prescribers_under_age} independent prescribers agree before anybody under {young_years} "
    "begins; so far {prescribers_agreed} did.",
)
def prescribers_to_agree(course, values):
    """Below the age that the place names, several prescribers agree before the first dose."""
    if not values.prescribers_under_age:
        return SILENT
    young = shown(course.age_years < values.young_years)
    few = shown(course.prescribers_agreed < values.prescribers_under_age)
    return Due(ahead(course) & young & few)


@task("visit", topic="visit", layer=LAYER, says="The first visit is in person.")
def first_visit_to_come(course, values):
    """The patient is seen face to face before the first dose."""
    if not values.first_visit_in_person:
        return SILENT
    return Due(ahead(course) & ~shown(course.seen_in_person))


@task(
    "visit",
    topic="visit",
    layer=LAYER,
    says="The last visit was remote; under these rules the next one is in person.",
)
def next_visit_in_person(course, values):
    """Every visit is face to face where the place says so."""
    if not values.follow_up_in_person:
        return SILENT
    waits = course.prescription_open & course.prescribing_visit_remote
    return Due(goes_on(course) & (course.last_visit_remote | waits))


@task(
    "visit",
    topic="prescriber",
    layer=LAYER,
    says="The last visit was with a {visit_role}; a professional who may prescribe here sees the "
    "patient.",
)
def visit_with_a_prescriber(course, values):
    """The patient is seen by somebody who may prescribe at this point of treatment."""
    first, later = values.roles_first, values.roles_later
    wrong_first = _not_among(course.visit_role, first) if first else NEVER
    wrong_later = _not_among(course.visit_role, later) if later else NEVER
    wrong_later = wrong_later | _among(course.visit_role, values.roles_barred)
    wrong_later = wrong_later | _only_goes_on(course, course.visit_role, values)
    wrong = (~course.begun & wrong_first) | (course.begun & wrong_later)
    return Due(goes_on(course) & wrong)
