"""When the course is full: the days on which the two ends of the target are reached."""

from collections.abc import Mapping
from datetime import date

from isocourse.words.days import as_date

FURTHEST = 36_500
"""Days ahead beyond which a date tells nothing: a hundred years."""


def finish_between(
    facts: Mapping[str, int | None], target: tuple[int, int], asked: int
) -> tuple[date, date] | None:
    """The days on which the lower and the upper target are reached, the day asked when they are.

    At the mean dose of the day asked (between supplies, that of the newest prescription) and the
    latest weight. None while treatment is stopped or a pregnancy is known, and when dose, weight
    or what was taken is not known.
    """
    daily, taken, grams = daily_dose(facts), facts["total_taken"], facts["sound_weight"]
    if not daily or taken is None or grams is None:
        return None
    first, last = (_days_needed(each * grams - taken, daily) for each in target)
    if last > FURTHEST:
        return None
    return as_date(asked + first), as_date(asked + last)


def daily_dose(facts: Mapping[str, int | None]) -> int | None:
    """The mean daily dose with which treatment goes on, µg; None when it does not."""
    ended = facts["stopped"] or facts["pregnancy_known"] or facts["positive_test"]
    if ended or facts["mean_dose"] is None:
        return None
    prescribed = None if facts["intermittent"] else facts["daily_dose"]
    return facts["mean_dose"] or prescribed


def _days_needed(micrograms: int, daily: int) -> int:
    """Days from the day asked to that of the last dose needed; the day asked has a dose too."""
    return max(0, -(-micrograms // daily) - 1)
