"""Pregnancy known, tests still wanted, and what follows a stop, read plainly."""

from calendar import monthrange
from datetime import date, timedelta

from tests.agree.by_topic.contraception import cover
from tests.agree.by_topic.hand_overs import doses, new_starts, open_pregnancies, standing
from tests.agree.by_topic.story import Entry, Fact, Story, last
from tests.agree.by_topic.tests_for_pregnancy import Ledger, before_first_dose, tests_so_far


def facts(story: Story) -> Fact:
    """The facts of this topic."""
    ledger = tests_so_far(story)
    menses = last(story.of("menses"))
    open_ = open_pregnancies(story, story.entries)
    stop = _stop(story)
    return {
        "days_since_first_test": story.days_since(_first_of_two(story, ledger)),
        "days_since_opening_test": story.days_since(
            ledger.accepted.latest if ledger.accepted else None
        ),
        "begun_as_able": int(not before_first_dose(story, None)),
        "days_since_menses": story.days_since(menses.day if menses else None),
        "days_since_pregnancy_known": story.days_since(open_[0].day if open_ else None),
        "days_to_month_of_contraception": _days_to(story, cover(story).start, 1),
        "treated": int(_treated(story)),
        "days_to_month_after_stop": _days_to(story, stop, 1),
        "days_to_two_months_after_stop": _days_to(story, stop, 2),
        "days_to_two_months_after_earlier_course": _days_to(story, story.earlier_last_dose, 2),
    }


def _first_of_two(story: Story, ledger: Ledger) -> date | None:
    """The first test, while the second is wanted before a first dose."""
    wanted = story.value("pregnancy.two_tests") and before_first_dose(story, None)
    waiting = wanted and ledger.accepted is None and ledger.first is not None
    return ledger.first.latest if waiting and ledger.first else None


def _stop(story: Story) -> date | None:
    restart = last(story.of("restart"))
    since = story.entries if restart is None else story.after(restart)
    stop = last(e for e in since if e.kind == "stop")
    return stop.day if stop else None


def _treated(story: Story) -> bool:
    """Begun in the end, or just before some new start."""
    moments: list[Entry | None] = [None, *new_starts(story, story.entries)]
    return any(standing(story, each) or doses(story, each) for each in moments)


def _days_to(story: Story, day: date | None, months: int) -> int | None:
    return None if day is None else (_on(day, months) - story.asked).days


def _on(day: date, months: int) -> date:
    """The same day so many months on; the first of the next month where there is no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    last_day = monthrange(year, month)[1]
    if day.day <= last_day:
        return date(year, month, day.day)
    return date(year, month, last_day) + timedelta(days=1)
