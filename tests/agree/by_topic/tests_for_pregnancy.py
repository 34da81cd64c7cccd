"""Pregnancy: the category, the tests that count and those that do not, what is in doubt."""

from dataclasses import dataclass, replace
from datetime import date

from tests.agree.by_topic.hand_overs import (
    doses,
    is_new_start,
    is_positive,
    open_pregnancies,
    says_pregnant,
    standing,
)
from tests.agree.by_topic.story import Entry, Fact, Story, last

from isocourse.words.codes import TestFault

_DOUBTS = ("missed_period", "unprotected_contact")


def facts(story: Story) -> Fact:
    """The facts of this topic."""
    ledger = tests_so_far(story)
    test = ledger.accepted
    cycle = last(story.of("cycle"))
    open_ = open_pregnancies(story, story.entries)
    since = None if test is None else (story.asked_by_registry - test.earliest).days
    return {
        **_category(story),
        "positive_test": int(any(map(is_positive, open_))),
        "pregnancy_known": int(any(map(says_pregnant, open_))),
        "pregnancy_in_doubt": int(_in_doubt(story)),
        "days_since_accepted_test": since,
        "accepted_test_used": int(test is not None and used(story, test)),
        "test_fault": int(ledger.fault),
        "cycle_regular": None if cycle is None else int(cycle.event.regular),
    }


def _category(story: Story) -> Fact:
    said = last(story.of("pregnancy_category"))
    able = able_at(story)
    refused = said is not None and not said.event.can_become_pregnant and able
    return {
        "pregnancy_category": None if said is None else int(able),
        "can_become_pregnant": int(able),
        "category_reason_refused": int(refused),
    }


def able_at(story: Story, until: Entry | None = None) -> bool:
    """Treated as able to become pregnant, just before an entry or in the end."""
    said = last(e for e in story.before(until) if e.kind == "pregnancy_category")
    return said is None or not _shown_unable(story, said)


def _shown_unable(story: Story, category: Entry) -> bool:
    event = category.event
    reasons = story.value("pregnancy.accepted_reasons")
    return not event.can_become_pregnant and event.reason in reasons


def becomes_able(story: Story, entry: Entry) -> bool:
    """Somebody shown unable to become pregnant turns out to be able."""
    if entry.kind != "pregnancy_category" or _shown_unable(story, entry):
        return False
    return not able_at(story, entry)


def before_first_dose(story: Story, entry: Entry | None) -> bool:
    """No capsules had by a person able to become pregnant, since that last became so."""
    turns = [e for e in story.before(entry) if becomes_able(story, e)]
    since = turns[-1].place if turns else -1
    had = [*standing(story, entry), *doses(story, entry)]
    return not any(e.place > since and able_at(story, e) for e in had)


def setting_fault(story: Story, entry: Entry) -> TestFault:
    """What is wrong with where a test was done."""
    first = before_first_dose(story, entry)
    name = "first_test_settings" if first else "later_test_settings"
    if entry.event.setting not in story.value(f"pregnancy.{name}"):
        return TestFault.WRONG_SETTING
    guarded = entry.event.setting in story.value("pregnancy.safeguard_settings")
    if guarded and entry.event.falsification_safeguard is not True:
        return TestFault.NO_SAFEGUARD
    return TestFault.NONE


def is_negative(entry: Entry) -> bool:
    """A pregnancy test was negative."""
    return entry.kind == "pregnancy_test" and entry.event.result == "negative"


@dataclass(frozen=True)
class Ledger:
    """The first of two tests, the test that counts, and what ails the newest negative test.

    Of the tests that counted before, the last one is kept for a day certified in between.
    """

    first: Entry | None = None
    accepted: Entry | None = None
    fault: TestFault = TestFault.NONE
    earlier: Entry | None = None


def tests_so_far(story: Story, until: Entry | None = None) -> Ledger:
    """Where the tests stand just before an entry, or in the end."""
    ledger = Ledger()
    for entry in story.before(until):
        if is_new_start(story, entry):
            ledger = Ledger()
        elif becomes_able(story, entry):
            ledger = _afresh(story, ledger, entry.day)
        elif is_negative(entry):
            ledger = _with(story, ledger, entry)
    return ledger


def _afresh(story: Story, ledger: Ledger, day: date) -> Ledger:
    """Only a test of the same day is kept, and where two are asked for it is but the first."""
    of_the_day = [e for e in (ledger.first, ledger.accepted) if e is not None and e.day == day]
    kept = of_the_day[-1] if of_the_day else None
    if story.value("pregnancy.two_tests"):
        return Ledger(first=kept, fault=ledger.fault)
    return Ledger(accepted=kept, fault=ledger.fault)


def _with(story: Story, ledger: Ledger, test: Entry) -> Ledger:
    fault = setting_fault(story, test)
    if fault != TestFault.NONE:
        return replace(ledger, fault=fault)
    if not (before_first_dose(story, test) and story.value("pregnancy.two_tests")):
        return _accepting(ledger, test)
    if ledger.accepted is None and ledger.first is None:
        return Ledger(test, None, TestFault.ONLY_ONE_TEST)
    fault = _timing_fault(story, ledger, test)
    if fault != TestFault.NONE:
        return replace(ledger, fault=fault)
    return _accepting(ledger, test)


def _accepting(ledger: Ledger, test: Entry) -> Ledger:
    return Ledger(ledger.first, test, TestFault.NONE, ledger.accepted)


def _timing_fault(story: Story, ledger: Ledger, test: Entry) -> TestFault:
    """The second of two tests, or the next one after a window that was missed."""
    if ledger.accepted is not None:
        waited = (test.earliest - ledger.accepted.latest).days
        if waited < story.value("pregnancy.lock_out_days"):
            return TestFault.LOCKED_OUT
        keeps = story.value("pregnancy.retest_keeps_menses_rule")
        return _menses_fault(story, test) if keeps else TestFault.NONE
    assert ledger.first is not None
    waited = (test.earliest - ledger.first.latest).days
    if waited < story.value("pregnancy.test_gap_days"):
        return TestFault.TOO_SOON_AFTER_FIRST_TEST
    return _menses_fault(story, test)


def _menses_fault(story: Story, test: Entry) -> TestFault:
    cycle = last(story.of("cycle"))
    if cycle is None:
        return TestFault.CYCLE_NOT_RECORDED
    if not cycle.event.regular:
        return TestFault.NONE
    days = [e.day for e in story.of("menses") if e.day <= test.day]
    if days and (test.day - max(days)).days < story.value("pregnancy.menses_days"):
        return TestFault.NONE
    return TestFault.NOT_IN_FIRST_DAYS_OF_MENSES


def used(story: Story, test: Entry, until: Entry | None = None) -> bool:
    """Capsules were handed over on a test, and did not come back."""
    return any(e.place > test.place for e in standing(story, until))


def _in_doubt(story: Story) -> bool:
    doubt = False
    for entry in story.entries:
        if entry.kind == "patient_report" and entry.event.what in _DOUBTS:
            doubt = True
        elif is_negative(entry) and setting_fault(story, entry) == TestFault.NONE:
            doubt = False
    return doubt
