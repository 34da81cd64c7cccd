"""Passages by their keys, and the titles of the sources they stand in."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from rich.text import Text

from isocourse import evidence
from isocourse.on_screen.paper import QUIET, line

PROVISIONAL = "≈ provisional"


def keys_of(cites: Iterable[str]) -> str:
    """Keys with each source named once: us-ipledge-2021#window #monthly-test."""
    kept = sorted(dict.fromkeys(cites), key=lambda key: key.partition("#")[0])
    return ", ".join(
        f"{source}{' '.join('#' + key.partition('#')[2] for key in keys)}"
        for source, keys in groupby(kept, key=lambda key: key.partition("#")[0])
    )


def titles(cites: Iterable[str]) -> Iterator[Text]:
    """Each source behind some passages once, with its title and how far it could be read."""
    for name in dict.fromkeys(key.partition("#")[0] for key in cites):
        source = evidence.source(name)
        unsure = [(f" {PROVISIONAL}", "yellow")] if source.confidence == "provisional" else []
        yield line((name, "bold"), (f"  {source.title}", QUIET), *unsure)


def titles_in_a_row(cites: Iterable[str]) -> str:
    """The titles of the sources behind some passages, each once."""
    found = dict.fromkeys(evidence.source(key.partition("#")[0]).title for key in cites)
    return "; ".join(found) or "no source of its own"
