"""Contraception, event by event: what is accepted, and since when. Part of the compiled pass."""

from isocourse.facts.compiled import part
from isocourse.facts.masks import bits, holds
from isocourse.words.codes import ABSTINENCE, ENTRIES_CLASH, NULL


@part
def accepted_methods(held, place):
    """One method that suffices alone, or a pair of which one leads and another completes it."""
    if held & place.methods_alone != 0:
        return True
    leading = bits(held & place.methods_primary)
    completing = bits(held & place.methods_second)
    if leading >= 1 and completing >= 1:
        return True
    return place.two_primaries_count == 1 and leading >= 2


@part
def methods_by(event, methods, day):
    """The mask of the methods of an event that are in use by a day."""
    held = 0
    for row in range(event.first, event.first + event.count):
        if methods[row].since <= day:
            held |= 1 << methods[row].method
    return held


@part
def cover_of(event, methods, place):
    """The first day from which the methods of an event are an accepted combination, or NULL."""
    earliest = NULL
    for row in range(event.first, event.first + event.count):
        day = methods[row].since
        if (earliest == NULL or day < earliest) and accepted_methods(
            methods_by(event, methods, day), place
        ):
            earliest = day
    return earliest


@part
def contraception(event, course, why, work, place, methods):
    """What is used now replaces what was used; unbroken accepted cover keeps its first day."""
    was_covered = work.cover_since != NULL and work.cover_since <= event.day
    if work.contraception_day != NULL and course.abstinent == 0 and not was_covered:
        work.uncovered_on = event.day  # what was recorded before left a gap until now
    course.abstinent = event.answer
    course.abstinence_agreed = event.answer if event.yes == 1 else 0
    work.methods = methods_by(event, methods, 2**40)
    cover = cover_of(event, methods, place)
    if cover == NULL:
        work.cover_since = NULL
        if course.abstinent == 0:
            work.uncovered_on = event.day
    elif was_covered and cover <= event.day:
        same_day = work.contraception_day == event.day
        work.cover_since = (
            max(cover, work.cover_since) if same_day else min(cover, work.cover_since)
        )
    else:
        work.cover_since = cover
    if work.cover_since != NULL and work.uncovered_on != NULL:
        work.cover_since = max(work.cover_since, work.uncovered_on)
    work.contraception_day = event.day
    course.contraception_accepted = 1 if cover != NULL else 0
    course.progestogen_only_pill = 1 if work.methods & place.progestogen_pill != 0 else 0
    leading = bits(work.methods & place.methods_primary)
    second = bits(work.methods & place.methods_second)
    course.two_primary_forms = 1 if leading >= 2 and second == 0 else 0
    without_hormones = accepted_methods(work.methods & ~place.hormonal_methods, place)
    course.relies_on_hormones = 1 if cover != NULL and not without_hormones else 0
    why_contraception(event, why)


@part
def why_contraception(event, why):
    """All facts about contraception rest on the newest record of it."""
    why.contraception_accepted = event.index
    why.days_of_contraception = event.index
    why.months_of_contraception = event.index
    why.abstinent = event.index
    why.abstinence_agreed = event.index
    why.progestogen_only_pill = event.index
    why.two_primary_forms = event.index
    why.relies_on_hormones = event.index


@part
def entries_match(course, work, place):
    """What the patient entered stands in the record and is no less than what is accepted."""
    if holds(work.entered, ENTRIES_CLASH):
        return False
    if holds(work.entered, ABSTINENCE):
        return course.abstinent == 1
    if work.entered & ~work.methods != 0:
        return False
    return accepted_methods(work.entered, place) or not accepted_methods(work.methods, place)
