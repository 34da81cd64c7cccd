"""Twins of the patients looked at last, kept in memory so that a slider answers while it moves.

They are those of a log up to an entry, a day and a meal: another entry is another question. Nothing
is written down, and nothing is kept longer than the process.
"""

from collections import OrderedDict
from datetime import date
from threading import Lock

from isocourse.clinic.log.reading import Held
from isocourse.course.forecasting import Basis, basis

TWINS = 2_000
_MOST = 32
_kept: OrderedDict[tuple[object, ...], Basis] = OrderedDict()
_lock = Lock()


def basis_of(held: Held, day: date, food: str | None) -> Basis:
    """The twins of a course on a day. Raises NoValue and ValueError like `basis`."""
    rules = held.course.clinic.rules
    key = (held.course.code, held.head.number, held.head.mac, rules.name, day, food)
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    made = basis(held.as_read, day, settings=rules, food=food, people=TWINS)
    with _lock:
        _kept[key] = made
        while len(_kept) > _MOST:
            _kept.popitem(last=False)
    return made
