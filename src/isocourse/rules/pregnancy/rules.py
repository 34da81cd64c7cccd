"""Pregnancy prevention: no capsules for anyone who may be pregnant or may become so unprotected.

A person counts as able to become pregnant until the record shows otherwise with a reason that the
place accepts; neither sex nor gender decides it. Contraception has its own file.
"""

from isocourse.rules.book import advises, exception, refuses
from isocourse.words.codes import TestFault
from isocourse.words.expressions import NEVER, not_recorded, shown

LAYER = "pregnancy.layer"


@refuses(
    "start",
    "prescribe",
    "dispense",
    topic="pregnancy_category",
    layer=LAYER,
    says="The pregnancy category is not recorded.",
)
def category_not_recorded(course, values):
    """Whether the person can become pregnant has to be recorded."""
    return not_recorded(course.pregnancy_category) if values.category_needed else NEVER


@advises(
    "start",
    "prescribe",
    "dispense",
    topic="pregnancy_category",
    layer=LAYER,
    says="The reason recorded for not being able to become pregnant is not accepted here; "
    "the person is treated as able to become pregnant.",
    cites="isocourse-safety#category-conflict",
)
def reason_not_accepted(course, values):
    """Only the reasons that the place accepts take a person out of pregnancy prevention."""
    return course.category_reason_refused if values.accepted_reasons else NEVER


@refuses(
    "start",
    "prescribe",
    "dispense",
    "eligibility",
    topic="pregnancy_test",
    layer="label",
    says="A pregnancy test was positive. Nothing is prescribed or handed over until a prescriber "
    "records that the pregnancy has ended.",
)
def positive_test(course, values):
    """A positive pregnancy test closes everything at once."""
    return course.positive_test if values.pregnancy_closes else NEVER


@refuses(
    "start",
    "prescribe",
    "dispense",
    "eligibility",
    topic="contraindication",
    layer="label",
    says="A pregnancy is known. Nothing is prescribed or handed over until a prescriber records "
    "that it has ended.",
)
def pregnant(course, values):
    """A known pregnancy closes everything at once."""
    return course.pregnancy_known if values.pregnancy_closes else NEVER


@refuses(
    "start",
    "prescribe",
    "dispense",
    topic="pregnancy_test",
    layer="pregnancy.doubt_layer",
    says="A missed period or unprotected contact was reported; a negative pregnancy test that "
    "counts has to follow first.",
)
def pregnancy_in_doubt(course, values):
    """After a missed period or unprotected contact a negative test comes first."""
    return course.pregnancy_in_doubt if values.doubt_closes else NEVER


def _test_still_counts(course, values):
    """The newest test that counts is young enough today."""
    return shown(course.days_since_accepted_test < values.test_days)


@refuses(
    "start",
    "prescribe",
    topic="pregnancy_test",
    layer=LAYER,
    says="The newest negative pregnancy test does not count here: {test_fault}.",
)
def test_does_not_count(course, values):
    """A negative test made too early or in the wrong setting opens nothing."""
    if not values.first_test_settings:
        return NEVER
    faulty = (course.test_fault != TestFault.NONE) & (
        course.test_fault != TestFault.CYCLE_NOT_RECORDED
    )
    return shown(faulty) & ~_test_still_counts(course, values)


@refuses(
    "dispense",
    topic="pregnancy_test",
    layer=LAYER,
    says="The newest negative pregnancy test does not count here: {test_fault}.",
)
def test_does_not_count_for_hand_over(course, values):
    """A negative test that does not count carries no prescription and no hand-over."""
    if values.test_counted_to == "hand_over":
        return test_does_not_count(course, values)
    faulty = shown(course.test_fault != TestFault.NONE)
    counts = {
        "prescription": course.prescription_test_age,
        "certified": course.certified_test_age,
    }[values.test_counted_to]
    return faulty & ~shown(counts < values.test_days)


@refuses(
    "start",
    "prescribe",
    "dispense",
    topic="pregnancy_test",
    layer=LAYER,
    says="Whether cycles are regular is not recorded, so the second test cannot be judged.",
)
def cycle_not_recorded(course, values):
    """The second test falls in the first days of menses when cycles are regular."""
    if not values.menses_days:
        return NEVER
    undecided = shown(course.test_fault == TestFault.CYCLE_NOT_RECORDED)
    not_told = not_recorded(course.cycle_regular)
    return undecided & ~_test_still_counts(course, values) & not_told


@refuses(
    "start",
    "prescribe",
    topic="pregnancy_test",
    layer=LAYER,
    says="The last negative pregnancy test that counts was {days_since_accepted_test} days ago; "
    "it counts for {test_days} days, its own day included.",
)
def no_recent_test(course, values):
    """A negative test that counts has to be recent on the day of prescribing."""
    return course.days_since_accepted_test >= values.test_days


@refuses(
    "dispense",
    topic="pregnancy_test",
    layer=LAYER,
    says="No negative pregnancy test that counts is recorded.",
)
def no_test_for_hand_over(course, values):
    """Where the hand-over rests on a recent test, there has to be one."""
    if values.test_counted_to != "hand_over":
        return NEVER
    if values.hand_over_window:
        return not_recorded(course.days_since_prescription_test)
    return not_recorded(course.days_since_accepted_test)


@refuses(
    "dispense",
    topic="pregnancy_test",
    layer=LAYER,
    says="The last negative pregnancy test that counts was {days_since_accepted_test} days ago; "
    "it counts for {test_days} days, its own day included.",
)
def test_too_old_for_hand_over(course, values):
    """Where no window is named, the test still has to be recent on the day of hand-over."""
    if values.test_counted_to != "hand_over" or values.hand_over_window:
        return NEVER
    return shown(course.days_since_accepted_test >= values.test_days)


@refuses(
    "dispense",
    topic="pregnancy_test",
    layer=LAYER,
    says="The test behind this prescription was {prescription_test_age} days old when it was "
    "written; it counts for {test_days} days, its own day included.",
)
def test_not_recent_when_prescribed(course, values):
    """The test counted to the day of the prescription has to have been recent."""
    if values.test_counted_to != "prescription":
        return NEVER
    age = course.prescription_test_age
    return (age >= values.test_days) | (age < 0)


@refuses(
    "dispense",
    topic="pregnancy_test",
    layer=LAYER,
    says="The test behind this prescription was {certified_test_age} days old on the certified "
    "day; it counts for {test_days} days, its own day included.",
)
def test_not_recent_when_certified(course, values):
    """The test counted to the day of certification has to have been recent."""
    if values.test_counted_to != "certified":
        return NEVER
    age = course.certified_test_age
    return (age >= values.test_days) | (age < 0)


@refuses(
    "start",
    "prescribe",
    topic="pregnancy_test",
    layer=LAYER,
    says="Capsules were already handed over on the newest pregnancy test; the next supply needs "
    "its own.",
)
def test_already_used(course, values):
    """One test serves one hand-over."""
    return course.accepted_test_used if values.one_hand_over else NEVER


@refuses(
    "dispense",
    topic="pregnancy_test",
    layer=LAYER,
    says="Capsules were already handed over on the pregnancy test behind this prescription; it "
    "needs its own.",
)
def test_already_used_for_hand_over(course, values):
    """One test serves one hand-over, whichever prescription it was."""
    if not values.one_hand_over:
        return NEVER
    if values.hand_over_window:
        return course.accepted_test_used | course.prescription_test_used
    if values.test_counted_to == "hand_over":
        return course.accepted_test_used
    return course.prescription_test_used


@advises(
    "dispense",
    topic="pregnancy_test",
    layer=LAYER,
    says="The first dose would come {days_since_accepted_test} days after the negative test; "
    "some texts count the test to the first dose.",
)
def first_dose_long_after_test(course, values):
    """Some texts count the age of the first test to the first dose."""
    if values.test_counted_to != "prescription":
        return NEVER
    return course.prescription_first & (course.days_since_accepted_test >= values.test_days)


@exception(
    pregnancy_in_doubt,
    test_does_not_count,
    test_does_not_count_for_hand_over,
    cycle_not_recorded,
    no_recent_test,
    no_test_for_hand_over,
    test_too_old_for_hand_over,
    test_not_recent_when_prescribed,
    test_not_recent_when_certified,
    test_already_used,
    test_already_used_for_hand_over,
    first_dose_long_after_test,
    place="all",
    since="isocourse-safety",
    cites=(),
)
def cannot_become_pregnant(course, values):
    """A person shown to be unable to become pregnant needs no pregnancy test."""
    return ~course.can_become_pregnant if values.category_exempts else NEVER
