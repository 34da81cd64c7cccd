"""The room that the compiled loop works in: made once, used for one course after the other."""

from typing import Any, NamedTuple

import numpy as np

from isocourse.facts.columns import columns
from isocourse.facts.records import (
    EVENT,
    FACTS,
    METHOD,
    PATIENT,
    WORK,
    empty_facts,
    empty_work,
)

MOST_ENTRIES = 512
"""A course with more entries is left to the code for one course."""
MOST_METHODS = 2048
KEY = 5
SCRATCH, ALONG = 7, 2

Array = np.ndarray[Any, Any]


class Room(NamedTuple):
    """Records and numbers of one course while it is looked at, and what they begin with."""

    read: Array  # every entry in the order of the table
    read_numbers: Array  # the same memory, as rows of numbers
    events: Array  # those that count, in the order in which they took effect
    event_numbers: Array
    methods: Array
    patient: Array
    why: Array
    work: Array
    work_numbers: Array
    no_facts: Array
    no_work: Array
    scratch: Array  # rows as long as the course has prescriptions, one after the other
    along: Array  # rows as long as the course has entries, one after the other
    medicines: Array
    days: Array  # local day of each entry
    held: Array  # rows of the entries that count, in their order
    back: Array  # whether an entry was taken back
    outdone: Array
    places: Array  # which key stands first, which next
    sorted: Array
    measured: Array  # places of findings of which only the one that closes the most counts
    keys: Array
    names: Array  # the codes of names already numbered: prescriptions, authorisations, prescribers
    named: Array  # how many of each


def new_room(medicines: int) -> Room:
    """Room for courses of a place that knows so many medicines."""
    read, events = np.zeros(MOST_ENTRIES, dtype=EVENT), np.zeros(MOST_ENTRIES, dtype=EVENT)
    why, work = np.zeros(1, FACTS), np.zeros(1, WORK)
    return Room(
        read=read,
        read_numbers=read.view("i8").reshape(MOST_ENTRIES, -1),
        events=events,
        event_numbers=events.view("i8").reshape(MOST_ENTRIES, -1),
        methods=np.zeros(MOST_METHODS, dtype=METHOD),
        patient=np.zeros(1, dtype=PATIENT),
        why=why,
        work=work,
        work_numbers=work.view("i8"),
        no_facts=empty_facts().view("i8"),
        no_work=empty_work().view("i8"),
        scratch=np.zeros(SCRATCH * MOST_ENTRIES, dtype="i8"),
        along=np.zeros(ALONG * MOST_ENTRIES, dtype="i8"),
        medicines=np.zeros((2, max(1, medicines)), dtype="i8"),
        days=np.zeros(MOST_ENTRIES, dtype="i8"),
        held=np.zeros(MOST_ENTRIES, dtype="i8"),
        back=np.zeros(MOST_ENTRIES, dtype="u1"),
        outdone=np.zeros(MOST_ENTRIES, dtype="u1"),
        places=np.zeros(MOST_ENTRIES, dtype="i8"),
        sorted=np.zeros(MOST_ENTRIES, dtype="i8"),
        measured=np.zeros(MOST_ENTRIES, dtype="i8"),
        keys=np.zeros((MOST_ENTRIES, KEY), dtype="i8"),
        names=np.zeros((3, MOST_ENTRIES), dtype="i8"),
        named=np.zeros(3, dtype="i8"),
    )


FACT_COUNT = len(columns())
