"""The newest prescription, the visit and the test behind it, and the capsules handed over."""

from datetime import date, timedelta
from fractions import Fraction
from math import ceil

from tests.agree.by_topic.body import known_names
from tests.agree.by_topic.hand_overs import (
    doses,
    new_starts,
    since_new_start,
    standing,
)
from tests.agree.by_topic.story import Entry, Fact, Story, last
from tests.agree.by_topic.tests_for_pregnancy import becomes_able, tests_so_far, used

from isocourse.words.codes import Role
from isocourse.words.tokens import ROLES


def facts(story: Story) -> Fact:
    """The facts of this topic."""
    newest = newest_prescription(story)
    return {
        "begun": int(bool(standing(story) or doses(story))),
        "begun_by_wrong_role": int(_begun_by_wrong_role(story)),
        "prescription_open": int(newest is not None and is_open(story, newest)),
        "prescription_first": int(newest is not None and _is_first(story, newest)),
        **_written(story, newest),
        **_product(story, newest),
        **_test_behind(story, newest),
        **_visits(story, newest),
        "days_of_supply_left": _supply_left(story),
    }


def newest_prescription(story: Story) -> Entry | None:
    """The prescription written last, whatever became of it."""
    return last(story.of("prescription"))


def is_open(story: Story, newest: Entry, until: Entry | None = None) -> bool:
    """Whether the newest prescription can be handed over, just before an entry or in the end."""
    name = newest.event.prescription_id
    so_far = story.before(until)
    if any(e.place > newest.place for e in new_starts(story, so_far)):
        return False
    closed = [
        e
        for e in so_far
        if e.kind in ("cancel", "dispense")
        and e.event.prescription_id == name
        and (e.kind == "cancel" or e.in_error)
    ]
    had = [e for e in standing(story, until) if e.event.prescription_id == name]
    return not closed and len(had) <= newest.event.refills


def _is_first(story: Story, newest: Entry) -> bool:
    return not standing(story, newest) and not doses(story, newest)


def _begun_by_wrong_role(story: Story) -> bool:
    """Capsules were handed over, and each time somebody had written it who may not begin here."""
    named = story.value("prescriber.roles_first")
    wrote = [_who_wrote(story, _prescribed(story, e)) for e in standing(story)]
    return bool(named and wrote) and {None, *map(role_code, named)}.isdisjoint(wrote)


def _prescribed(story: Story, hand_over: Entry) -> Entry | None:
    """The prescription that a hand-over serves, where it is recorded."""
    name = hand_over.event.prescription_id
    return last(e for e in story.of("prescription") if e.event.prescription_id == name)


def _written(story: Story, newest: Entry | None) -> Fact:
    said = None if newest is None else newest.event
    return {
        "days_since_prescription": story.days_since(newest.day if newest else None),
        "prescription_days": said.days if said else None,
        "prescription_refills": said.refills if said else 0,
        "quantity_days": _quantity_days(newest),
        "daily_dose": said.daily_micrograms if said else None,
        "doses_per_day": said.doses_per_day if said else None,
        "prescription_role": _who_wrote(story, newest),
        "certified_day_missing": int(said is not None and said.certified_on is None),
    }


def _who_wrote(story: Story, newest: Entry | None) -> int | None:
    """The role it names; without one, that of who recorded it or saw the patient for it."""
    if newest is None:
        return None
    return role_code(_role_in(newest) or _role_in(_visit_behind(story, newest)))


def _role_in(entry: Entry | None) -> str | None:
    """The role that an event names; who recorded it is another question."""
    role: str | None = entry.event.role if entry else None
    return role


def role_code(role: str | None) -> int | None:
    """The number of a role; one that no rule knows is another."""
    if role is None:
        return None
    return int(Role[role.upper()]) if role in ROLES else int(Role.OTHER)


def _quantity_days(newest: Entry | None) -> int | None:
    """Days on which the capsules still last, the last perhaps in part."""
    said = None if newest is None else newest.event
    if said is None or said.quantity_micrograms is None:
        return None
    on, of = said.days_on or 1, said.cycle_days or 1
    return ceil(Fraction(said.quantity_micrograms * of, said.daily_micrograms * on))


def _product(story: Story, newest: Entry | None) -> Fact:
    said = None if newest is None else newest.event
    product = said.product if said and said.product else ""
    packs = said.packs if said else []
    pack = story.value("supply.pack_size")
    strength = story.value("eligibility.tartrazine_strength")

    def listed(name: str) -> bool:
        return bool(known_names(product, story.value(f"eligibility.{name}_products")))

    yellow = listed("tartrazine") and any(mg == strength for mg, _ in packs)
    loose = pack is not None and any(number % pack for _, number in packs)
    return {
        "loose_capsules": int(loose),
        "micronised": int(said is not None and said.formulation == "micronised"),
        "contains_soya": int(listed("soya")),
        "contains_parabens": int(listed("parabens")),
        "contains_tartrazine": int(yellow),
    }


def _test_behind(story: Story, newest: Entry | None) -> Fact:
    """The test behind the prescription: its age when written, when certified, and today."""
    test = next(iter(_counting(story, newest)), None) if newest else None
    since = None if test is None else (story.asked_by_registry - test.earliest).days
    age = _age(newest, test, newest.day) if newest else None
    return {
        "prescription_test_used": int(_already_used(story, newest)),
        "prescription_test_age": age,
        "days_since_prescription_test": since,
        **_certified(story, newest),
    }


def _counting(story: Story, newest: Entry) -> list[Entry]:
    """The last two tests that counted when the prescription was written, the newest first.

    One that came to count later on the same day is as good, and comes before them.
    """
    ledger = tests_so_far(story, newest)
    tests = [_test_later_that_day(story, newest), ledger.accepted, ledger.earlier]
    return [each for each in tests if each is not None and not _forgotten(story, newest, each)]


def _forgotten(story: Story, newest: Entry, test: Entry) -> bool:
    """Whether a test was forgotten since the prescription."""
    after = story.after(newest)
    turns = (e for e in after if becomes_able(story, e) and e.day > test.day)
    return bool(new_starts(story, after)) or any(turns)


def _certified(story: Story, newest: Entry | None) -> Fact:
    """Counted to the day certified, without one to the day of the prescription."""
    if newest is None:
        return {"certified_test_age": None, "days_since_certified": None}
    day: date = newest.event.certified_on or newest.day
    tests = _counting(story, newest)
    test = next((e for e in tests if e.earliest <= day), None)
    certified = newest.event.certified_on or (tests[0].earliest if tests else None)
    return {
        "certified_test_age": _age(newest, test, day),
        "days_since_certified": story.days_since(certified),
    }


def _later_that_day(story: Story, newest: Entry) -> list[Entry]:
    """What came later on the day of writing, before any new start."""
    later = [e for e in story.after(newest) if e.day == newest.day]
    starts = new_starts(story, later)
    return [e for e in later if not starts or e.place < starts[0].place]


def _test_later_that_day(story: Story, newest: Entry) -> Entry | None:
    """A test that came to count later on the day of writing."""
    before = tests_so_far(story, newest).accepted
    ends = [e for e in story.after(newest) if e not in _later_that_day(story, newest)]
    that_day = tests_so_far(story, ends[0] if ends else None).accepted
    return None if that_day is None or that_day == before else that_day


def _already_used(story: Story, newest: Entry | None) -> bool:
    """Capsules were handed over on the test behind the prescription, whichever it was for."""
    tests = _counting(story, newest) if newest else []
    return bool(tests) and used(story, tests[0])


def _age(newest: Entry, test: Entry | None, day: date) -> int | None:
    """Days from a test to a day; none at all from one that came later on the day of writing."""
    if test is None:
        return None
    return 0 if test.place > newest.place and day == newest.day else (day - test.earliest).days


def _visits(story: Story, newest: Entry | None) -> Fact:
    visits = story.of("visit")
    seen = last(visits)
    agreed = {e.event.prescriber for e in story.of("prescriber_agreement")}
    return {
        "days_since_prescribing_visit": _since_prescribing_visit(story, newest),
        "visit_role": role_code(_role_in(seen)),
        "prescribers_agreed": len(agreed),
        "seen_in_person": int(any(e.event.mode == "in_person" for e in visits)) if visits else None,
        "last_visit_remote": int(_remote(seen)),
        "prescribing_visit_remote": int(_remote(_visit_behind(story, newest) if newest else None)),
        "visits": len({e.day for e in visits}),
    }


def _remote(visit: Entry | None) -> bool:
    return visit is not None and visit.event.mode == "remote"


def _since_prescribing_visit(story: Story, newest: Entry | None) -> int | None:
    if newest is None:
        return None
    visit = _visit_behind(story, newest)
    latest = max(story.asked, story.asked_by_registry)
    return (latest - (visit.day if visit else newest.day)).days


def _visit_behind(story: Story, newest: Entry) -> Entry | None:
    """The latest visit by then, or one later on the same day."""
    held = [*story.before(newest), *_later_that_day(story, newest)]
    return last(e for e in held if e.kind == "visit")


def _supply_left(story: Story) -> int | None:
    """Supplies queue; capsules that come back take off their days at the end."""
    if not standing(story):
        return None
    end = date.min
    stopped: date | None = None
    for entry in since_new_start(story, story.entries):
        if entry.kind == "stop":
            stopped = stopped or entry.day
        elif entry.kind == "restart" and stopped is not None:
            if end >= stopped:
                end = entry.day + (end - stopped)
            stopped = None
        had = standing(story, entry)
        if entry.kind == "dispense" and not entry.in_error:
            end = max(end, entry.day - timedelta(days=1)) if had else entry.day - timedelta(days=1)
            end += timedelta(days=entry.event.days)
        elif entry.kind == "return_to_stock":
            of_it = [e for e in had if e.event.prescription_id == entry.event.prescription_id]
            end -= timedelta(days=of_it[-1].event.days if of_it else 0)
    return (end - story.asked).days
