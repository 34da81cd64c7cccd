"""Where a gate refuses for something that is missing, a task says so; none says it for nothing."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from tests.agree.asking import examples
from tests.agree.author import File
from tests.agree.by_topic.story import Moment
from tests.agree.logs import asked_courses, course_of
from tests.course.asking import ACTIONS, asked

from isocourse.course import Assessment, assess
from isocourse.course.worked import cases
from isocourse.rules import rules

_TEST = ("pregnancy_test", "prescription")
"""What is needed when no test serves: a test, or a prescription written on one that does."""
TASK = {
    "pregnancy.category_not_recorded": ("pregnancy_category",),
    "pregnancy.pregnancy_in_doubt": ("pregnancy_test",),
    "pregnancy.test_does_not_count": ("pregnancy_test",),
    "pregnancy.test_does_not_count_for_hand_over": _TEST,
    "pregnancy.cycle_not_recorded": ("cycle",),
    "pregnancy.no_recent_test": ("pregnancy_test",),
    "pregnancy.no_test_for_hand_over": _TEST,
    "pregnancy.test_too_old_for_hand_over": _TEST,
    "pregnancy.test_not_recent_when_prescribed": ("prescription",),
    "pregnancy.test_not_recent_when_certified": ("prescription",),
    "pregnancy.test_already_used": ("pregnancy_test",),
    "pregnancy.test_already_used_for_hand_over": _TEST,
    "pregnancy.contraception_not_accepted": ("contraception",),
    "pregnancy.contraception_too_short": ("contraception_lead", "contraception"),
    "pregnancy.abstinence_not_agreed": ("abstinence_agreement",),
    "consent.patient_not_enrolled": ("enrolment",),
    "consent.prescriber_not_enrolled": ("enrolment",),
    "consent.pharmacy_not_enrolled": ("enrolment",),
    "consent.general_consent": ("consent",),
    "consent.birth_defects_consent": ("consent",),
    "consent.acknowledgement_of_risk": ("consent",),
    "consent.care_agreement": ("consent",),
    "consent.any_consent": ("consent",),
    "consent.guardian_not_signed": ("consent",),
    "consent.not_counselled_for_first": ("counselling",),
    "consent.not_counselled_for_next": ("counselling",),
    "consent.prescription_not_counselled": ("counselling", "prescription"),
    "consent.never_counselled": ("counselling",),
    "consent.comprehension_not_passed_for_first": ("comprehension",),
    "consent.comprehension_not_passed_for_next": ("comprehension",),
    "consent.comprehension_not_passed": ("comprehension", "prescription"),
    "consent.comprehension_does_not_match": ("comprehension",),
    "prescriber.too_few_prescribers": ("prescriber_agreement",),
    "prescriber.not_seen_in_person": ("visit",),
    "prescriber.last_visit_not_in_person": ("visit",),
    "prescriber.prescribed_at_remote_visit": ("visit",),
    "prescriber.wrong_role_to_begin": ("visit",),
    "prescriber.wrong_role_to_continue": ("visit",),
    "prescriber.wrong_role_began": ("visit",),
    "supply.test_window_closed": ("prescription",),
    "supply.visit_window_closed": ("prescription",),
    "supply.prescription_expired": ("prescription",),
    "supply.prescription_expired_cannot": ("prescription",),
    "supply.certification_expired": ("prescription",),
    "supply.not_authorised": ("authorisation", "prescription"),
    "supply.authorisation_expired": ("authorisation", "prescription"),
    "stopping.too_soon_after_earlier_course": ("second_course",),
    "stopping.too_few_months_after_earlier_course": ("second_course",),
}
WITHOUT_TASK = {
    "prescriber.prescription_by_wrong_role": "what is written is wrong, not missing",
    "prescriber.prescription_after_wrong_role_began": "what is written is wrong, not missing",
    "supply.too_many_days": "what is written is wrong, not missing",
    "supply.refills": "what is written is wrong, not missing",
    "supply.too_many_capsules": "what is written is wrong, not missing",
    "supply.broken_pack": "what is written is wrong, not missing",
    "supply.more_days_than_the_clinic_allows": "what is written is wrong, not missing",
    "stopping.stopped": "nothing is missing: the course has ended",
    "pregnancy.positive_test": "a course that ended by pregnancy has tasks of its own",
    "pregnancy.pregnant": "a course that ended by pregnancy has tasks of its own",
}
CHAPTERS = ("pregnancy", "consent", "prescriber", "supply", "stopping")


def test_every_refusal_has_its_task_or_a_reason_to_have_none() -> None:
    refusals = {n for n, r in rules().items() if r.effect == "blocks" and r.chapter in CHAPTERS}
    assert refusals == TASK.keys() | WITHOUT_TASK.keys()
    assert not TASK.keys() & WITHOUT_TASK.keys()


def lacking(said: Assessment) -> Iterator[str]:
    """Each refusal for something missing without a task for it."""
    if said.facts["stopped"] or said.facts["pregnancy_known"] or said.facts["positive_test"]:
        return
    tasks = {each.task for each in said.due}
    actions = ["dispense"] if "hand_over" in tasks else ["start", "prescribe", "dispense"]
    for action in actions:
        for reason in said.actions[action].reasons:
            wanted = TASK.get(reason.rule) if reason.stops else None
            if wanted and not tasks & set(wanted):
                yield f"{action}: {reason.rule} without {' or '.join(wanted)}; due: {tasks}"


@examples(100)
@given(asked_courses())
def test_a_gate_that_lacks_something_has_a_task_for_it(
    question: tuple[File, Moment, Moment | None],
) -> None:
    file, at, known_at = question
    assert list(lacking(assess(course_of(file), at, known_at=known_at))) == []


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_where_a_worked_case_is_refused_the_task_stands(chapter: str) -> None:
    for name, case in cases().items():
        if case.topic == chapter and case.action in ACTIONS:
            said = asked(case.course, case.asked, case.changes)
            assert list(lacking(said)) == [], name


@examples(50)
@given(asked_courses())
def test_nothing_is_left_to_do_for_a_gate_that_is_open(
    question: tuple[File, Moment, Moment | None],
) -> None:
    """A hand-over that is allowed waits for nothing that is due at once."""
    file, at, known_at = question
    said = assess(course_of(file), at, known_at=known_at)
    if said.actions["dispense"].verdict == "allowed":
        tasks = {each.task for each in said.due}
        assert "hand_over" in tasks
        assert not tasks & {"prescription", "authorisation", "pregnancy_test", "contraception"}
        assert not tasks & {"consent", "enrolment", "contraception_lead", "pregnancy_category"}
