"""When a task opens and closes: what the worked cases, which tell the day it is due, leave out."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tests.course.asking import asked

from isocourse.course.answers import Task

HANDED_OVER = "+ dispense on 2026-12-02: prescription_id=rx-2026-12-01, days=30"
RELAPSED = (
    "+ dispense on 2026-12-03: prescription_id=rx-2026-12-02, days=30; "
    "+ stop on 2027-03-01: reason=clear; + relapse on 2027-03-20: definition=clinician"
)


def task(rule: str, name: str, at: str, changes: str = "", **more: str) -> Task:
    """The task of a rule, for a base course with changes."""
    held = [each for each in asked(name, at, changes, **more).due if each.rule == rule]
    assert len(held) == 1, rule
    return held[0]


def opened(said: Task) -> str:
    assert said.opens is not None
    return said.opens.date().isoformat()


def closed(said: Task) -> str:
    assert said.closes is not None
    return said.closes.date().isoformat()


def test_the_next_test_opens_when_it_still_counts_on_the_last_day_with_capsules() -> None:
    """The supply ends on 31 December; a test of the 25th counts until then."""
    said = task("pregnancy.test_for_next_supply", "us-woman-third", "2026-12-10", HANDED_OVER)
    assert (opened(said), closed(said)) == ("2026-12-25", "2027-01-01")


def test_where_a_test_counts_for_fewer_days_the_next_one_opens_later() -> None:
    given = "+ dispense on 2026-03-02: prescription_id=rx-2026-03-02, days=30"
    said = task("pregnancy.test_for_next_supply", "uk-woman-first", "2026-03-10", given)
    assert (opened(said), closed(said)) == ("2026-03-28", "2026-04-01")


def test_the_second_test_opens_nineteen_days_after_the_first() -> None:
    said = task("pregnancy.second_test", "us-woman-first", "2026-12-01")
    assert opened(said) == "2026-12-09"


def test_in_a_period_the_second_test_closes_on_its_fifth_day() -> None:
    changes = "cycle: regular=true; + menses on 2026-12-10; - pregnancy_test on 2026-12-11"
    said = task("pregnancy.second_test_this_period", "us-woman-first", "2026-12-11", changes)
    assert closed(said) == "2026-12-14"


def test_a_missed_first_window_opens_again_after_its_wait_under_the_rules_of_2021() -> None:
    said = task("pregnancy.test_after_missed_window", "us-woman-march", "2026-03-10")
    assert opened(said) == "2026-03-20"


def test_contraception_tells_the_first_day_on_which_it_is_long_enough() -> None:
    said = task("pregnancy.contraception_long_enough", "us-woman-first", "2026-11-20")
    assert opened(said) == "2026-11-25"


def test_the_last_test_opens_on_day_28_and_is_flagged_after_five_weeks() -> None:
    given = "+ dispense on 2026-03-02: prescription_id=rx-2026-03-02, days=30"
    stopped = f"{given}; + stop on 2026-03-20: reason=other"
    said = task("stopping.last_test", "uk-woman-first", "2026-03-21", stopped)
    assert (opened(said), closed(said)) == ("2026-04-17", "2026-04-24")


def test_a_second_course_after_a_relapse_waits_two_calendar_months_or_eight_weeks() -> None:
    """From 1 March two months end on 1 May; eight weeks on 26 April."""
    rule = "stopping.second_course_after_relapse"
    assert opened(task(f"{rule}_months", "us-man", "2027-04-01", RELAPSED)) == "2027-05-01"
    in_the_uk = f"place=uk; {RELAPSED}"
    assert opened(task(rule, "us-man", "2027-04-01", in_the_uk)) == "2027-04-26"


def test_a_year_of_watching_ends_a_year_after_the_stop() -> None:
    given = RELAPSED.partition("; + relapse")[0]
    assert closed(task("stopping.relapse_watch", "us-man", "2027-04-01", given)) == "2028-02-29"


def test_a_hand_over_closes_by_the_clock_of_the_registry() -> None:
    """In Los Angeles the window ends three hours before the day does."""
    said = task(
        "supply.hand_over_to_able",
        "us-woman-first",
        "2026-12-12",
        time_zone="America/Los_Angeles",
    )
    eastern = datetime(2026, 12, 17, 23, 59, tzinfo=ZoneInfo("America/New_York"))
    assert said.closes is not None and abs(said.closes - eastern) < timedelta(minutes=1)


def test_the_registrys_last_day_closes_a_hand_over_that_is_still_in_its_window() -> None:
    changes = "authorisation: do_not_dispense_after=2026-12-14"
    said = task("supply.hand_over_to_able", "us-woman-first", "2026-12-12", changes)
    assert closed(said) == "2026-12-14"
