"""Contraception: whether it is accepted, and for how long it has been so without a break."""

from dataclasses import dataclass, replace
from datetime import date

from tests.agree.by_topic.story import Entry, Fact, Story, accepted, combination, last


def facts(story: Story) -> Fact:
    """The facts of this topic."""
    record = last(story.of("contraception"))
    start = cover(story).start
    return {
        **_methods(story, record),
        "contraception_accepted": None if record is None else int(start is not None),
        "days_of_contraception": _length(record, start, story.days_since(start)),
        "months_of_contraception": _length(record, start, months(start, story.asked)),
        "abstinent": int(record is not None and record.event.methods is None),
        "abstinence_agreed": int(
            record is not None
            and record.event.methods is None
            and record.event.agreed_by_prescriber is True
        ),
    }


def _length(record: Entry | None, start: date | None, so_many: int | None) -> int | None:
    if record is None:
        return None
    return 0 if start is None else so_many


def months(since: date | None, until: date) -> int | None:
    """Calendar months completed; in a month too short, on the first of the next."""
    if since is None:
        return None
    whole = (until.year - since.year) * 12 + until.month - since.month
    return whole - (until.day < since.day)


def methods_of(record: Entry | None) -> set[str]:
    """The methods that a record names."""
    return set() if record is None else {each.method for each in record.event.methods or ()}


def _methods(story: Story, record: Entry | None) -> Fact:
    methods = methods_of(record)
    primary = set(story.value("pregnancy.methods_primary"))
    second = set(story.value("pregnancy.methods_second"))
    two = len(methods & primary) >= 2 and not methods & second
    hormonal = set(story.value("pregnancy.hormonal_methods"))
    stands = combination(story.rules, methods)
    return {
        "progestogen_only_pill": int("progestogen_only_pill" in methods),
        "two_primary_forms": int(two),
        "relies_on_hormones": int(stands and not combination(story.rules, methods - hormonal)),
    }


@dataclass(frozen=True)
class Cover:
    """Since when cover is unbroken, from which record, and before which day no claim counts."""

    start: date | None = None
    recorded: date | None = None
    not_before: date = date.min
    abstinent: bool = False


def cover(story: Story) -> Cover:
    """The cover at the end of the story."""
    held = Cover()
    for entry in story.entries:
        if entry.kind == "contraception":
            held = _replaced(story, held, entry)
    return held


def _replaced(story: Story, held: Cover, entry: Entry) -> Cover:
    running = held.start is not None and held.start <= entry.day
    if held.recorded is not None and not held.abstinent and not running:
        held = replace(held, not_before=max(held.not_before, entry.day))
    if entry.event.methods is None:
        return Cover(None, entry.day, held.not_before, abstinent=True)
    if not accepted(story.rules, entry.event):
        return Cover(None, entry.day, max(held.not_before, entry.day))
    new = max(_first_day(story, entry), held.not_before)
    if running and new <= entry.day:
        assert held.start is not None
        both = (held.start, new)
        new = max(both) if held.recorded == entry.day else min(both)
    return Cover(new, entry.day, held.not_before)


def _first_day(story: Story, entry: Entry) -> date:
    """The first day on which the methods then in use are an accepted combination."""
    methods = entry.event.methods
    days: list[date] = sorted(each.since for each in methods)
    for day in days:
        if combination(story.rules, {each.method for each in methods if each.since <= day}):
            return day
    raise AssertionError("an accepted record is accepted when all its methods are in use")
