"""Counselling and questions: for which prescription each talk was held."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from tests.agree.by_topic.hand_overs import is_new_start, standing
from tests.agree.by_topic.story import Entry, Story, last
from tests.agree.by_topic.supply import is_open


@dataclass(frozen=True)
class Talk:
    """What is known for the newest prescription, and for the one to be written next."""

    for_prescription: int | None = None
    for_next: int | None = None
    replaced: str | None = None  # the prescription before the newest, while never handed over
    for_replaced: int | None = None


def talk(story: Story, kind: str, outcome: Callable[[Entry], int]) -> Talk:
    """Where talks of a kind stand at the end of the story."""
    held = Talk()
    for entry in story.entries:
        if is_new_start(story, entry):
            held = Talk()
        elif entry.kind == kind:
            held = _held(story, held, entry, outcome(entry))
        elif entry.kind == "prescription":
            held = Talk(held.for_next, None, *_replaced(story, held, entry))
        elif entry.kind == "dispense" and not entry.in_error:
            held = replace(held, for_next=None)
        elif entry.kind == "cancel" and _gives_back(story, entry):
            given = held.for_prescription if held.for_next is None else held.for_next
            held = replace(held, for_next=given)
        elif entry.kind == "cancel" and _of_the_one_before(story, held, entry):
            own = held.for_prescription
            held = Talk(held.for_replaced if own is None else own, held.for_next)
    return held


def _held(story: Story, held: Talk, entry: Entry, outcome: int) -> Talk:
    """A talk serves the next prescription, and the newest one while that is open."""
    newest = last(e for e in story.before(entry) if e.kind == "prescription")
    serves = newest is not None and is_open(story, newest, entry)
    own = outcome if serves else held.for_prescription
    return replace(held, for_prescription=own, for_next=outcome)


def _replaced(story: Story, held: Talk, entry: Entry) -> tuple[str | None, int | None]:
    """The prescription before, as long as it was not handed over, and the talk it rested on."""
    start = last(e for e in story.before(entry) if is_new_start(story, e))
    before = last(e for e in story.before(entry) if e.kind == "prescription")
    if before is None or (start is not None and start.place > before.place):
        return None, None
    if _handed_over(story, before.event.prescription_id, entry):
        return None, None
    return before.event.prescription_id, held.for_prescription


def _of_the_one_before(story: Story, held: Talk, cancel: Entry) -> bool:
    """The prescription before the newest is cancelled after the newest was written."""
    name = cancel.event.prescription_id
    return name == held.replaced and not _handed_over(story, name, cancel)


def _handed_over(story: Story, name: str, until: Entry) -> bool:
    return any(e.event.prescription_id == name for e in standing(story, until))


def _gives_back(story: Story, cancel: Entry) -> bool:
    """The newest prescription is cancelled before it was handed over."""
    newest = last(e for e in story.before(cancel) if e.kind == "prescription")
    if newest is None or newest.event.prescription_id != cancel.event.prescription_id:
        return False
    return not _handed_over(story, newest.event.prescription_id, cancel)
