"""One course in a running process."""

from collections.abc import Callable, Iterator
from itertools import cycle
from typing import Any

from benchmarks.measuring import Run, Timing, in_turns
from benchmarks.peers import REPLAY, VALIDATOR, agree, day_for, plain_replay, texts, validate
from isocourse.course import assess
from isocourse.events import read_course

ROUNDS = 6
"""How often each of the shipped base courses is taken."""
AHEAD = 1
"""Calls on the same course before the one that counts."""


def _over(items: list[Any], run: Callable[[Any], object]) -> Run:
    """A function that takes the next item whenever it is called."""
    each = cycle(items)
    return lambda: run(next(each))


def one_course() -> Iterator[Timing]:
    """Every shipped base course in turn, each peer on the same one in every round."""
    held = texts()
    files = [text for text in held for _ in range(1 + AHEAD)]
    courses = [read_course(text) for text in files]
    peers: dict[str, Run] = {
        VALIDATOR: _over(files, validate),
        "isocourse: assess": _over(courses, lambda c: assess(c, day_for(c))),
        "isocourse: read": _over(files, read_course),
        "isocourse: read, assess, JSON": _over(files, _from_text_to_json),
    }
    replay = plain_replay()
    if replay is not None:
        assert all(agree(course, replay) for course in courses)
        peers[REPLAY] = _over(courses, lambda c: replay(c, day_for(c)))
    yield from in_turns(peers, ROUNDS * len(held), warm=len(held), ahead=AHEAD)


def _from_text_to_json(text: str) -> Any:
    course = read_course(text)
    return assess(course, day_for(course)).json()
