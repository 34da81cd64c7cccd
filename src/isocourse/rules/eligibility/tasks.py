"""The work-up before the first dose, and the weight that goes with each visit."""

from isocourse.rules.book import Due, task
from isocourse.rules.standing import ahead, goes_on, on_treatment, recorded
from isocourse.words.codes import mask
from isocourse.words.expressions import shown
from isocourse.words.tokens import HISTORY_TOPICS

_ALL = mask(range(len(HISTORY_TOPICS)))
_WITHOUT_BREASTFEEDING = _ALL - mask([HISTORY_TOPICS.index("breastfeeding")])


@task(
    "history_review",
    topic="contraindication",
    layer="label",
    says="Ask about other conditions, allergies, medicines, breast-feeding and mental illness; "
    "what was never asked about counts as absent only until it is found. Asked so far: "
    "{history_asked}.",
    cites=("shared-practice#baseline", "shared-practice#do-not-start"),
)
def history_to_ask(course, values):
    """What forbids the drug is asked about, and stays due until it was."""
    asked = course.history_asked == _ALL
    enough = ~course.can_become_pregnant & (course.history_asked == _WITHOUT_BREASTFEEDING)
    return Due(goes_on(course) & ~asked & ~enough)


@task(
    "diagnosis",
    topic="indication",
    layer="label",
    says="Record how severe the acne is.",
    cites="shared-practice#indication",
)
def diagnosis_to_record(course, values):
    """The severity of the acne is recorded before treatment."""
    return Due(goes_on(course) & ~recorded(course.severity))


@task(
    "weight",
    topic="dose",
    layer="guideline",
    says="Weigh the patient; the dose is by weight.",
    cites="shared-practice#baseline",
)
def weight_to_record(course, values):
    """The weight is known before the first dose."""
    return Due(ahead(course) & ~recorded(course.days_since_weight))


@task(
    "weight",
    topic="dose",
    layer="guideline",
    says="The last visit went by without a weight.",
    cites=("shared-practice#baseline", "isocourse-safety#weight-at-visits"),
)
def weight_at_visit(course, values):
    """The weight is taken with each visit."""
    weighed = shown(course.days_since_weight <= course.days_since_visit)
    return Due(on_treatment(course) & (course.visits > 0) & ~weighed)
