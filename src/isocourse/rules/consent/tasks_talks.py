"""Talks and questions: once, or for each prescription."""

from isocourse.rules.binding import bound
from isocourse.rules.book import Due, task
from isocourse.rules.consent.rules import LAYER
from isocourse.rules.standing import goes_on
from isocourse.rules.supply.lapse import ready
from isocourse.words.expressions import NEVER, greatest, shown


def _by(course):
    """By the end of the supply in hand, and at once without one."""
    return greatest(0, course.days_of_supply_left)


_ABLE = {"can": True, "cannot": False}


def _each_time(whom, course, values, for_this, for_next):
    """Not done for the prescription that waits; where none waits, not for the next one."""
    waits = ready(course, values, _ABLE.get(whom))
    done = (waits & shown(for_this)) | (~waits & shown(for_next))
    return Due(bound(whom, course, goes_on(course) & ~done), due=_by(course))


@task(
    "counselling",
    topic="counselling",
    layer=LAYER,
    says="Counsel the patient for this prescription, and record it.",
)
def counsel_each_time(course, values):
    """Each prescription has counselling of its own where the programme counts it so."""
    whom = values.counselled_each_time
    if whom is None:
        return Due(NEVER)
    for_this, for_next = course.prescription_counselled, course.counselled_for_next
    return _each_time(whom, course, values, for_this, for_next)


@task("counselling", topic="counselling", layer=LAYER, says="Counsel the patient, and record it.")
def counsel_once(course, values):
    """Everyone is counselled before treatment where the programme says so."""
    return Due(bound(values.counselled_once, course, goes_on(course) & ~shown(course.counselled)))


@task(
    "comprehension",
    topic="comprehension",
    layer=LAYER,
    says="The patient answers the programme's questions for this prescription.",
)
def answer_questions(course, values):
    """The questions are answered anew for each prescription."""
    whom = values.comprehension
    if whom is None:
        return Due(NEVER)
    for_this, for_next = course.prescription_comprehension, course.comprehension_for_next
    return _each_time(whom, course, values, for_this, for_next)


@task(
    "comprehension",
    topic="comprehension",
    layer=LAYER,
    says="What the patient entered as contraception and what is recorded differ: settle which is "
    "right.",
)
def settle_contraception(course, values):
    """The methods that the patient enters match those recorded."""
    recorded = shown(course.contraception_accepted) | course.abstinent
    differs = goes_on(course) & recorded & course.comprehension_mismatch
    return Due(bound(values.comprehension_matches, course, differs))
