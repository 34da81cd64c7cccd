"""The assessment table: one row for each course, with verdicts and one bit for each rule."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

import numpy as np
import pyarrow as pa

from isocourse.course.many.answers import VERDICTS
from isocourse.course.many.doses import FINISH, NUMBERS, doses
from isocourse.course.many.due import due_days, tasks
from isocourse.course.schema import STAGES
from isocourse.course.speaking import ASKED, rule_numbers
from isocourse.exchange.events_table.streaming import Told
from isocourse.facts import columns
from isocourse.facts.column import FLAG
from isocourse.facts.many.answering import ADVISES, BLOCKS, UNKNOWN
from isocourse.facts.many.left import Left
from isocourse.rules import rules
from isocourse.rules.book import ELIGIBILITY
from isocourse.words.codes import NULL

Array = np.ndarray[Any, Any]
FORMAT = "isocourse.assessment-table/1"
FACT_PREFIX = "fact."
DOSE_PREFIX = "dose."
DUE_PREFIX = "due."
_WORDS = pa.dictionary(pa.int8(), pa.string())
ELIGIBLE = {"allowed": "eligible", "unknown": "unknown", "blocked": "not_eligible"}
OF_ELIGIBILITY = tuple(ELIGIBLE.get(verdict, verdict) for verdict in VERDICTS)


def words_of(column: str) -> Sequence[str]:
    """The words that a column of verdicts or stages may hold."""
    if column == "stage":
        return STAGES
    return OF_ELIGIBILITY[:-1] if column == ELIGIBILITY else VERDICTS


def result_schema(facts: bool = False) -> pa.Schema:
    """The columns of the assessment table; those of facts only where they are wanted."""
    fields = [("course_id", pa.string()), ("place", pa.string()), ("stage", _WORDS)]
    fields += [(action, _WORDS) for action in ASKED]
    fields += [("one_by_one", pa.bool_())]
    fields += [(name, pa.bool_()) for name in rules()]
    fields += [(DOSE_PREFIX + name, pa.float64()) for name in NUMBERS]
    fields += [(DOSE_PREFIX + name, pa.date32()) for name in FINISH]
    fields += [(DUE_PREFIX + task, pa.date32()) for task in tasks()]
    if facts:
        fields += [
            (FACT_PREFIX + each.name, pa.bool_() if each.unit == FLAG else pa.int64())
            for each in columns()
        ]
    return pa.schema(fields, metadata={"format": FORMAT})


def rows_told(told: Told, schema: pa.Schema) -> pa.RecordBatch:
    """The rows of some courses."""
    arrays = list(_columns(told, schema))
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _columns(told: Told, schema: pa.Schema) -> Iterator[pa.Array]:
    answers = told.answers
    yield told.course_id
    yield told.place
    yield _words(answers.stage, STAGES)
    for action in ASKED:
        words = OF_ELIGIBILITY if action == ELIGIBILITY else VERDICTS
        yield _words(answers.verdicts[action], words)
    yield pa.array(answers.left != Left.DONE)
    yield from _bits(answers.effects)
    for field, told_of in zip((*NUMBERS, *FINISH), doses(answers), strict=True):
        values = told_of.values if field in NUMBERS else told_of.values.astype("i4")
        column = pa.array(values, mask=told_of.missing)
        yield column if field in NUMBERS else column.cast(pa.date32())
    for days in due_days(answers).values():
        missing = days == NULL
        yield pa.array(np.where(missing, 0, days).astype("i4"), mask=missing).cast(pa.date32())
    if len(schema) > len(result_schema()):
        for number, column in enumerate(columns()):
            values = answers.facts[:, number]
            missing = values == NULL
            yield pa.array(values != 0 if column.unit == FLAG else values, mask=missing)


def _words(codes: Array, words: Sequence[str]) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.array(codes.astype("i1")), pa.array(words))


def _bits(effects: Array) -> Iterator[pa.Array]:
    """Of each rule in turn: yes, no, or null where the record does not tell.

    The bits of all rules are made at once: one by one they took longer than everything else here.
    """
    courses, unknown = effects.shape[1], effects == UNKNOWN
    yes = np.packbits(effects == _says(), axis=1, bitorder="little")
    known = np.packbits(~unknown, axis=1, bitorder="little")
    nulls = unknown.sum(axis=1).tolist()
    for holds, there, count in zip(yes, known, nulls, strict=True):
        buffers = [pa.py_buffer(there) if count else None, pa.py_buffer(holds)]
        yield pa.Array.from_buffers(pa.bool_(), courses, buffers, count)


@cache
def _says() -> Array:
    """The effect of each rule when it speaks, in the order of the rows of effects."""
    by_name = {n: BLOCKS if each.effect == "blocks" else ADVISES for n, each in rules().items()}
    return np.array([[by_name[name]] for name in rule_numbers()], dtype="u1")


_REASONS = tuple(each.name.lower() for each in Left if each is not Left.DONE)


def counted(told: Told, so_far: dict[str, Any]) -> None:
    """Add some courses to the counts of a summary."""
    answers = told.answers
    so_far["courses"] += len(answers.left)
    so_far["entries"] += told.rows
    for action in ASKED:
        words = OF_ELIGIBILITY if action == ELIGIBILITY else VERDICTS
        _count(so_far["verdicts"].setdefault(action, {}), answers.verdicts[action], words)
    _count(so_far["one_by_one"], answers.left, ["", *_REASONS])
    so_far["one_by_one"].pop("", None)


def _count(held: dict[str, int], codes: Array, words: Sequence[str]) -> None:
    _add(held, np.bincount(codes, minlength=len(words)).tolist(), words)


def _add(held: dict[str, int], numbers: Sequence[int], words: Sequence[str]) -> None:
    so_far = [held.pop(word, 0) for word in words]  # put back in the order of the words
    for word, before, number in zip(words, so_far, numbers, strict=True):
        if before + number:
            held[word] = before + number


def nothing_counted() -> dict[str, Any]:
    """A summary of no course."""
    return {"courses": 0, "entries": 0, "verdicts": {}, "one_by_one": {}}


def counts_together(parts: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """The counts of several files as those of one."""
    so_far = nothing_counted()
    for each in parts:
        so_far["courses"] += each["courses"]
        so_far["entries"] += each["entries"]
        for action, held in each["verdicts"].items():
            words = words_of(action)
            _add(so_far["verdicts"].setdefault(action, {}), [held.get(w, 0) for w in words], words)
        of = each["one_by_one"]
        _add(so_far["one_by_one"], [of.get(reason, 0) for reason in _REASONS], _REASONS)
    return so_far
