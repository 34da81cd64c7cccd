"""What only a check of a course file looks at: dates that lie ahead, and doubts worth a warning."""

from collections.abc import Iterator
from datetime import date

from isocourse.events.problems import Path, Problem, place, shown
from isocourse.events.whole import Entry, Located, Whole, words
from isocourse.events.wording import closest
from isocourse.words import tokens

_NAMES_A_PRESCRIPTION = ("dispense", "authorisation", "cancel", "return_to_stock")
_OF_THE_PAST = ("at", "recorded_at", "certified_on")
_OPEN_LISTS = {
    "condition": tokens.CONDITIONS,
    "substance": tokens.SUBSTANCES,
    "symptom": tokens.SYMPTOMS,
    "role": tokens.ROLES,
    "by.role": tokens.ROLES,
}


def ahead_of(whole: Whole, today: date) -> Iterator[Located]:
    """What happened, or was recorded, after today; a birth after today."""
    expected = f"{today} or earlier"
    for entry in whole.entries:
        for name in _OF_THE_PAST:
            day = entry.day(name)
            if day is not None and day > today:
                yield whole.problem(entry, name, expected, "correct the date or record it then")
    if whole.birth_date is not None and whole.birth_date > today:
        path: Path = ("patient", "birth_date")
        found = shown(str(whole.birth_date))
        yield path, Problem(place(whole.data, path), found, expected, "correct the birth date")


def doubts(whole: Whole) -> Iterator[Located]:
    """What may stand in a file and is probably not meant."""
    yield from _unknown_prescriptions(whole)
    yield from _nearly_known_words(whole)
    yield from _recorded_too_early(whole)
    yield from _methods_twice(whole)
    yield from _item_above_its_score(whole)
    yield from _category_without_reason(whole)


def _doubt(whole: Whole, entry: Entry, key: str, expected: str, do: str) -> Located:
    return whole.problem(entry, key, expected, do, "warning")


def _unknown_prescriptions(whole: Whole) -> Iterator[Located]:
    written = {name for _, name in words(whole.of("prescription"), "prescription_id")}
    for entry, name in words(whole.of(*_NAMES_A_PRESCRIPTION), "prescription_id"):
        if name not in written:
            expected = "the id of a prescription of this file"
            do = "correct the id or record the prescription"
            yield _doubt(whole, entry, "prescription_id", expected, do)


def _nearly_known_words(whole: Whole) -> Iterator[Located]:
    expected = "a word that rules know, or one quite different"
    for key, known in _OPEN_LISTS.items():
        for entry, word in words(whole.entries, key):
            likely = None if word in known else closest(word, known)
            if likely:
                yield _doubt(whole, entry, key, expected, f"did you mean {likely}")


def _recorded_too_early(whole: Whole) -> Iterator[Located]:
    for entry in whole.entries:
        recorded, at = entry.day("recorded_at"), entry.day("at")
        if recorded is not None and at is not None and recorded < at:
            expected = "a day no earlier than the event's own"
            yield _doubt(whole, entry, "recorded_at", expected, "correct one of the two times")


def _methods_twice(whole: Whole) -> Iterator[Located]:
    for entry in whole.of("contraception"):
        listed = entry.raw.get("methods")
        held = listed if isinstance(listed, list) else []
        names = [str(each.get("method")) for each in held if isinstance(each, dict)]
        if len(set(names)) < len(names):
            yield _doubt(whole, entry, "methods", "each method once", "keep one entry for each")


def _item_above_its_score(whole: Whole) -> Iterator[Located]:
    for entry in whole.of("questionnaire"):
        item, score = entry.raw.get("item_9"), entry.raw.get("score")
        if isinstance(item, int) and isinstance(score, int) and item > score:
            expected = f"at most the score it is part of ({score})"
            yield _doubt(whole, entry, "item_9", expected, "correct one of the two")


def _category_without_reason(whole: Whole) -> Iterator[Located]:
    for entry in whole.of("pregnancy_category"):
        if entry.raw.get("can_become_pregnant") is False and "reason" not in entry.raw:
            expected = "a reason; without one the person is treated as able to become pregnant"
            yield _doubt(whole, entry, "reason", expected, "add the reason")
