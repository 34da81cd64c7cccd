"""What still holds after the last dose, with its last day."""

from isocourse.rules.book import Due, task
from isocourse.rules.stopping.spans import able_after, tested_from, to_day, up_to_day
from isocourse.words.expressions import NEVER, greatest, shown

SILENT = Due(NEVER)


@task(
    "contraception_until",
    topic="stopping",
    layer="pregnancy.layer",
    says="Contraception, or abstinence, goes on until {contraception_days} days and a calendar "
    "month after the last dose.",
)
def contraception_after_stop(course, values):
    """Contraception goes on after the last dose for as long as the place says."""
    month = course.days_to_month_after_stop
    days = shown(course.days_since_stop <= values.contraception_days) | shown(month >= 0)
    last = greatest(to_day(course, values.contraception_days), month)
    return Due(able_after(course) & days, due=last, closes=last)


@task(
    "no_blood_donation_until",
    topic="stopping",
    layer="programme",
    says="No blood is given in the first {blood_days} days after the last dose.",
)
def no_blood_after_stop(course, values):
    """Blood is not given for a month after the last dose."""
    last_day = values.of("timeline", "blood_days") - 1
    last = to_day(course, last_day)
    return Due(up_to_day(course, last_day), due=last, closes=last)


@task(
    "no_wax_until",
    topic="stopping",
    layer="label",
    says="No waxing in the first {procedures_days} days (six months) after the last dose.",
)
def no_wax_after_stop(course, values):
    """Waxing waits until six months after the last dose."""
    last_day = values.of("timeline", "procedures_days") - 1
    last = to_day(course, last_day)
    return Due(up_to_day(course, last_day), due=last, closes=last)


@task(
    "no_laser_until",
    topic="stopping",
    layer="label",
    says="No dermabrasion and no ablative laser in the first {procedures_days} days after the last "
    "dose (labels say five to six months). Smaller procedures are a matter of judgement.",
    cites=("procedures-2017#deep", "procedures-2017#superficial"),
)
def no_laser_after_stop(course, values):
    """Dermabrasion and laser wait until six months after the last dose."""
    last_day = values.of("timeline", "procedures_days") - 1
    last = to_day(course, last_day)
    return Due(up_to_day(course, last_day), due=last, closes=last)


@task(
    "return_capsules",
    topic="supply",
    layer="programme",
    says="By the record capsules are left over: they go back to the pharmacy.",
)
def left_over_capsules(course, values):
    """Capsules that are left over go back."""
    if not values.of("timeline", "left_over_returned"):
        return SILENT
    left = shown(course.days_of_supply_left > -course.days_since_stop)
    last_day = values.of("timeline", "still_improving_days") - 1
    when = up_to_day(course, last_day) & left
    return Due(when, due=to_day(course, 0), closes=to_day(course, last_day))


@task(
    "pregnancy_test",
    topic="pregnancy_test",
    layer="pregnancy.layer",
    says="A pregnancy test at the end of the course.",
)
def test_at_end(course, values):
    """Where the programme says so, a test is made when the course ends."""
    if not values.test_at_end:
        return SILENT
    when = able_after(course) & up_to_day(course, values.watch_days)
    stopped = to_day(course, 0)
    return Due(when & ~tested_from(course, 0), opens=stopped, due=stopped)


@task(
    "pregnancy_test_after",
    topic="pregnancy_test",
    layer="pregnancy.layer",
    says="The last pregnancy test, a month after the last dose; one made before day "
    "{final_test_from_days} does not serve.",
)
def last_test(course, values):
    """The last test is made a month after the last dose."""
    when = able_after(course) & up_to_day(course, values.watch_days)
    due = greatest(to_day(course, values.final_test_days), course.days_to_month_after_stop)
    return Due(
        when & ~tested_from(course, values.final_test_from_days),
        opens=to_day(course, values.final_test_from_days),
        due=due,
        closes=to_day(course, values.final_test_until_days),
    )
