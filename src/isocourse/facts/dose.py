"""What was prescribed, handed over and taken, day by day. Part of the compiled pass.

The days run from one event to the next. On each, what was taken is what `taken` says of it, or
else the dose of the supply in use: supplies follow one another in a queue, whose clock stands still
while treatment is stopped. Nothing is counted day by day where a whole stretch is alike.
"""

from isocourse.facts.body import is_sound
from isocourse.facts.compiled import part
from isocourse.facts.masks import holds
from isocourse.words.codes import NULL, Kind, Report, mask

PARTS_OF_A_NANOGRAM = 1000
NANOGRAMS_IN_A_MILLIGRAM = 1_000_000
"""µg for each g of weight are mg for each kg; both sides are whole numbers."""


@part
def dosing_days(days, on, cycle):
    """How many of the first days of a supply have a dose: a supply begins with a cycle."""
    if on == cycle:  # every day, as nearly always
        return days
    return days // cycle * on + min(days % cycle, on)


@part
def written_for(served, written, place):
    """The place of the prescription of a hand-over, -1 when it is not in the record."""
    return written[served[place]] - 1


@part
def amount_prescribed(event):
    """The isotretinoin in one supply as prescribed, µg."""
    return event.value * dosing_days(event.days, event.number, event.limit)


@part
def prescribed(events, course, why, work, served, written, times):
    """Each prescription as often as it was handed over; an open one with all its refills."""
    for place in range(events.shape[0]):
        if served[place] != NULL:
            times[served[place]] += 1
    if course.prescription_open == 1:
        times[work.prescription] = work.refills + 1
    for number in range(written.shape[0]):
        if written[number] > 0:
            course.total_prescribed += times[number] * amount_prescribed(
                events[written[number] - 1]
            )
            why.total_prescribed = why.days_since_prescription


@part
def dispensed(events, course, why, served, written):
    """Every hand-over by its capsules, or else by the dose and days of its prescription."""
    total = 0
    for place in range(events.shape[0]):
        if served[place] == NULL:
            continue
        why.total_dispensed = place
        rx = written_for(served, written, place)
        if events[place].value != NULL:
            total += events[place].value
        elif rx >= 0:
            days = dosing_days(events[place].days, events[rx].number, events[rx].limit)
            total += events[rx].value * days
        else:
            return
    course.total_dispensed = total


@part
def missed(event, course, why):
    """Doses reported as missed; only `taken` changes what counts as taken."""
    if event.answer == Report.MISSED_DOSES and event.days != NULL:
        course.total_missed += event.days
        why.total_missed = event.index


@part
def weighed(event, why, work, place):
    """The weight from this day on, unless it differs from the last as a slip of unit does."""
    if is_sound(event.value, work.grams, place):
        work.grams = event.value
        why.sound_weight = event.index


@part
def is_open(event):
    """A record of doses taken that names no last day."""
    return event.until == NULL


@part
def end_open_record(events, work, records):
    """The next record of doses taken, or a stop, ends one without a last day."""
    if work.records > 0 and is_open(events[records[work.records - 1]]):
        work.records -= 1


@part
def dose_event(events, i, course, why, work, place, records):
    """What an event changes from its day on. `records` holds the places of `taken` in force."""
    event = events[i]
    if event.kind == Kind.WEIGHT:
        weighed(event, why, work, place)
    elif event.kind == Kind.TAKEN:
        end_open_record(events, work, records)
        stopped_today = work.not_taking == 1 and work.halted_on == event.day
        if not (is_open(event) and stopped_today):
            records[work.records] = i
            work.records += 1
    elif event.kind == Kind.STOP:
        end_open_record(events, work, records)
        work.not_taking = 1
        work.halted_on = event.day
    elif event.kind == Kind.RESTART:
        work.not_taking = 0
    elif event.kind == Kind.PATIENT_REPORT:
        missed(event, course, why)


MATTERS = mask(
    [Kind.DISPENSE, Kind.TAKEN, Kind.WEIGHT, Kind.STOP, Kind.RESTART, Kind.PATIENT_REPORT]
)
"""The kinds that change from their day on what is taken, or for which weight."""


@part
def what_holds(events, work, records, served, until_place):
    """Drop records of doses taken that ended, and go to the next supply when one is used up."""
    while work.records > 0:
        newest = events[records[work.records - 1]]
        if is_open(newest) or newest.until >= work.clock:
            break
        work.records -= 1
    if work.supply >= 0 and work.supply_used >= events[work.supply].days:
        work.supply = -1
    while work.supply < 0 and work.looked_at < until_place:
        if served[work.looked_at] != NULL:
            work.supply = work.looked_at
            work.supply_used = 0
        work.looked_at += 1


@part
def from_supply(work):
    """Whether capsules of a supply are used on this day, whatever of them was really taken."""
    return work.supply >= 0 and work.not_taking == 0


@part
def stretch(events, work, records, day):
    """How many days from the clock on are alike, up to a day."""
    days = day - work.clock
    if work.records > 0 and not is_open(events[records[work.records - 1]]):
        days = min(days, events[records[work.records - 1]].until + 1 - work.clock)
    if from_supply(work):
        days = min(days, events[work.supply].days - work.supply_used)
    return days


@part
def first_dose(work, day):
    """Treatment begins on this day, at the weight of this day."""
    if work.began == 0:
        work.began = 1
        work.grams_at_start = work.grams


@part
def add(work, dose, days):
    """So many days with this dose, at the weight of these days."""
    if dose == 0 or days == 0:
        return
    work.micrograms += dose * days
    if work.grams == NULL:
        work.weight_lacking = 1
        return
    parts = dose * (NANOGRAMS_IN_A_MILLIGRAM * PARTS_OF_A_NANOGRAM)
    work.parts_per_kg += (parts + work.grams // 2) // work.grams * days


@part
def count(events, course, why, work, records, served, written, days):
    """Add up a stretch of like days."""
    if work.records > 0:
        newest = events[records[work.records - 1]]
        add(work, newest.value, days)
        begins = newest.value > 0
        why.total_taken = newest.index
    elif from_supply(work):
        rx = written_for(served, written, work.supply)
        begins = True
        why.total_taken = work.supply
        if rx < 0:
            work.dose_lacking = 1
        else:
            on, cycle = events[rx].number, events[rx].limit
            before = dosing_days(work.supply_used, on, cycle)
            with_dose = dosing_days(work.supply_used + days, on, cycle) - before
            add(work, events[rx].value, with_dose)
            begins = with_dose > 0
    else:
        begins = False
    if begins:
        first_dose(work, work.clock)
    if from_supply(work):
        work.supply_used += days


@part
def run_to(events, course, why, work, records, served, written, until_place, day):
    """Count what was taken on every day before this one, as the events up to a place say."""
    while work.clock < day:
        what_holds(events, work, records, served, until_place)
        days = stretch(events, work, records, day)
        count(events, course, why, work, records, served, written, days)
        work.clock += days


@part
def today(events, course, why, work, records, served, written):
    """The dose of the day asked, and the mean of the days around it."""
    course.dose_today = 0
    course.mean_dose = 0
    if work.records > 0:
        newest = events[records[work.records - 1]]
        course.dose_today = newest.value
        course.mean_dose = newest.value
        why.dose_today = newest.index
    elif from_supply(work):
        rx = written_for(served, written, work.supply)
        why.dose_today = work.supply
        if rx < 0:
            course.dose_today = NULL
            course.mean_dose = NULL
        else:
            on, cycle = events[rx].number, events[rx].limit
            has_dose = work.supply_used % cycle < on
            course.dose_today = events[rx].value if has_dose else 0
            course.mean_dose = events[rx].value * on // cycle
    why.mean_dose = why.dose_today


@part
def told(course, work):
    """The sums as facts; what cannot be told from the record stays not known."""
    course.sound_weight = work.grams
    if course.dose_today != 0 and work.began == 0:
        first_dose(work, work.clock)
    course.start_weight = work.grams_at_start if work.began == 1 else work.grams
    if work.dose_lacking == 1:
        return
    course.total_taken = work.micrograms
    if work.weight_lacking == 0 and course.start_weight != NULL:
        half = PARTS_OF_A_NANOGRAM // 2
        course.taken_by_day_weights = (work.parts_per_kg + half) // PARTS_OF_A_NANOGRAM


@part
def doses(events, course, why, work, place, served, written, records, times, asked):
    """What was prescribed, handed over and taken before the day asked, and the dose of that day.

    `records` is room for a place for each event; `times`, for each prescription, holds zeros.
    """
    work.clock = events[0].day if events.shape[0] > 0 else asked
    for i in range(events.shape[0]):
        if holds(MATTERS, events[i].kind):
            if work.clock < events[i].day:
                run_to(events, course, why, work, records, served, written, i, events[i].day)
            dose_event(events, i, course, why, work, place, records)
    run_to(events, course, why, work, records, served, written, events.shape[0], asked)
    what_holds(events, work, records, served, events.shape[0])
    prescribed(events, course, why, work, served, written, times)
    dispensed(events, course, why, served, written)
    today(events, course, why, work, records, served, written)
    told(course, work)
    why.start_weight = why.sound_weight
    why.taken_by_day_weights = why.total_taken
