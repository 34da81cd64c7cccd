"""Counselling and questions: for which prescription each talk was held."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.agree.by_topic.hand_overs import is_new_start, standing
from tests.agree.by_topic.story import Entry, Story, last
from tests.agree.by_topic.supply import is_open


@dataclass(frozen=True)
class Talk:
    """What is known for the newest prescription, and for the one to be written next."""

    for_prescription: int | None = None
    for_next: int | None = None


def talk(story: Story, kind: str, outcome: Callable[[Entry], int]) -> Talk:
    """Where talks of a kind stand at the end of the story."""
    held = Talk()
    for entry in story.entries:
        if is_new_start(story, entry):
            held = Talk()
        elif entry.kind == kind:
            held = _held(story, held, entry, outcome(entry))
        elif entry.kind == "prescription":
            held = Talk(held.for_next, None)
        elif entry.kind == "dispense" and not entry.in_error:
            held = Talk(held.for_prescription, None)
        elif entry.kind == "cancel" and _gives_back(story, entry):
            given = held.for_prescription if held.for_next is None else held.for_next
            held = Talk(held.for_prescription, given)
    return held


def _held(story: Story, held: Talk, entry: Entry, outcome: int) -> Talk:
    """A talk serves the next prescription, and the newest one while that is open."""
    newest = last(e for e in story.before(entry) if e.kind == "prescription")
    serves = newest is not None and is_open(story, newest, entry)
    return Talk(outcome if serves else held.for_prescription, outcome)


def _gives_back(story: Story, cancel: Entry) -> bool:
    """The newest prescription is cancelled before it was handed over."""
    newest = last(e for e in story.before(cancel) if e.kind == "prescription")
    if newest is None or newest.event.prescription_id != cancel.event.prescription_id:
        return False
    name = newest.event.prescription_id
    return not any(e.event.prescription_id == name for e in standing(story, cancel))
