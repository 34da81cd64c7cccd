"""Which hand-overs stand, and when a new start wiped the slate."""

from collections.abc import Sequence

from tests.agree.by_topic.story import Entry, Story


def is_new_start(story: Story, entry: Entry) -> bool:
    """A prescriber recorded that a pregnancy, known or shown by a test, has ended."""
    return _resolves(story, entry) and bool(open_pregnancies(story, story.before(entry)))


def _resolves(story: Story, entry: Entry) -> bool:
    event = entry.event
    if entry.kind != "condition" or event.condition != "pregnancy" or event.status != "resolved":
        return False
    return by_prescriber(story, entry)


def by_prescriber(story: Story, entry: Entry) -> bool:
    """Recorded by somebody whose word clears here."""
    by = entry.event.by
    return by is not None and by.role in story.value("prescriber.clearing_roles")


def says_pregnant(entry: Entry) -> bool:
    """A pregnancy is known."""
    event = entry.event
    if entry.kind == "condition":
        return bool(event.condition == "pregnancy" and event.status == "active")
    if entry.kind == "stop":
        return bool(event.reason == "pregnancy")
    return entry.kind == "pregnancy"


def is_positive(entry: Entry) -> bool:
    """A pregnancy test was positive."""
    return entry.kind == "pregnancy_test" and entry.event.result == "positive"


def open_pregnancies(story: Story, entries: Sequence[Entry]) -> list[Entry]:
    """Pregnancies and positive tests that no prescriber has ended yet."""
    held: list[Entry] = []
    for entry in entries:
        if _resolves(story, entry):
            held = []
        elif says_pregnant(entry) or is_positive(entry):
            held.append(entry)
    return held


def new_starts(story: Story, entries: Sequence[Entry]) -> list[Entry]:
    """The new starts among these entries."""
    return [each for each in entries if is_new_start(story, each)]


def since_new_start(story: Story, entries: Sequence[Entry]) -> Sequence[Entry]:
    """The entries after the last new start among them."""
    starts = new_starts(story, entries)
    return [each for each in entries if each.place > starts[-1].place] if starts else entries


def standing(story: Story, until: Entry | None = None) -> list[Entry]:
    """The hand-overs of this start of which no capsules had come back, in order.

    Capsules that come back are those handed over last on their prescription.
    """
    held: list[Entry] = []
    for entry in since_new_start(story, story.before(until)):
        if entry.kind == "dispense" and not entry.in_error:
            held.append(entry)
        elif entry.kind == "return_to_stock":
            of_it = [e for e in held if e.event.prescription_id == entry.event.prescription_id]
            held = [e for e in held if e not in of_it[-1:]]
    return held


def doses(story: Story, until: Entry | None = None) -> list[Entry]:
    """Doses of this start that were really taken."""
    entries = since_new_start(story, story.before(until))
    return [e for e in entries if e.kind == "taken" and e.event.daily_dose > 0]
