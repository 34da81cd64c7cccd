"""Who rests on a passage: the rules, exceptions, values and measurements that cite it."""

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache

from isocourse import evidence
from isocourse.rules import exceptions, rules, values


@cache
def citing() -> Mapping[str, tuple[str, ...]]:
    """For each passage that is cited, the names of what cites it."""
    found: dict[str, list[str]] = {}
    for name, key in _citations():
        found.setdefault(key, []).append(name)
    return {key: tuple(dict.fromkeys(names)) for key, names in found.items()}


def _citations() -> Iterator[tuple[str, str]]:
    for rule in rules().values():
        yield from ((rule.name, key) for key in rule.cites)
    for each in exceptions().values():
        yield from ((each.name, key) for key in each.cites)
    for name, value in values().items():
        for row in value.rows:
            yield from ((name, key) for key in row.cites)
    for measured in evidence.measurements().values():
        yield (measured.key, measured.source)


@cache
def beginning() -> Mapping[str, int]:
    """For the passage in which a source says when it starts, how many values begin with it."""
    begun = {(name, row.since) for name, value in values().items() for row in value.rows}
    return Counter(f"{since}#in-force" for _, since in begun if isinstance(since, str))


@cache
def carrying() -> Mapping[str, tuple[str, ...]]:
    """For each row of the rule lists, the passages that carry it."""
    found: dict[str, list[str]] = {}
    for source in evidence.sources().values():
        for passage in source.passages.values():
            for row in passage.rows:
                found.setdefault(row, []).append(passage.key)
    return {row: tuple(keys) for row, keys in found.items()}


def starts(row: str) -> int:
    """How many values begin on the day that a row of the rule lists tells."""
    return sum(beginning().get(key, 0) for key in carrying().get(row, ()))


def users(row: str) -> tuple[str, ...]:
    """What cites a row of the rule lists, through the passages that carry it."""
    names = [name for key in carrying().get(row, ()) for name in citing().get(key, ())]
    return tuple(sorted(set(names)))
