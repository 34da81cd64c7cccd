"""The evidence command: a source or a passage with who uses it, or every source there is."""

from collections.abc import Iterator
from itertools import groupby

from rich.console import Group, RenderableType
from rich.text import Text

from isocourse import evidence
from isocourse.evidence import NoSuchEvidence, Passage, Source
from isocourse.on_screen.paper import (
    PLACES,
    QUIET,
    WIDE,
    date_words,
    heading,
    in_rows,
    indented,
    labelled,
    line,
    listed,
    paper,
    text,
    title,
)
from isocourse.on_screen.refused import Refused, plural
from isocourse.rules import exceptions, rules, values

_CONFIDENCE = {
    "read": "read in the source itself",
    "relayed": "relayed: read in a faithful copy or in another text that restates it",
    "provisional": "provisional: it could not be read in full; the safer reading binds",
}
_INK = {"read": "green", "relayed": "", "provisional": "yellow"}


def list_sources() -> None:
    """Every source by kind, in a line or two each."""
    console = paper()
    held = sorted(evidence.sources().values(), key=lambda each: (each.kind, each.key))
    for kind, some in groupby(held, key=lambda each: each.kind):
        console.print(heading(kind))
        rows = [(text(each.key), line((each.title, QUIET), _sure(each))) for each in some]
        console.print(indented(in_rows(rows, console.width > WIDE)))
    count = plural(sum(len(each.passages) for each in held), "passage")
    told = f"{plural(len(held), 'source')}, {count}. One in full: isocourse evidence KEY"
    console.print()
    console.print(text(told, QUIET))


def _sure(each: Source | Passage) -> Text:
    return Text(f"  {each.confidence}", _INK[each.confidence] or QUIET)


def show_evidence(key: str) -> None:
    """A source, or a passage written source#passage. Raises Refused when there is none."""
    name, mark, _ = key.partition("#")
    try:
        source = evidence.source(name)
        passages = [evidence.passage(key)] if mark else list(source.passages.values())
    except NoSuchEvidence as none:
        raise Refused(f"{none} All of them: isocourse evidence") from None
    console = paper()
    console.print(title(key))
    console.print(text(source.title, "bold"))
    console.print()
    console.print(labelled(_about(source)))
    console.print(line(("link  ", QUIET), source.link), soft_wrap=True)
    console.print(heading("Passage" if mark else f"Passages ({len(passages)})"))
    users = _users()
    for each in passages:
        console.print(indented(_passage(each, users.get(each.key, []))))


def _about(source: Source) -> list[tuple[str, RenderableType]]:
    in_force = source.in_force_from
    rows = [
        ("kind", f"{source.kind} of {source.publisher}"),
        ("place", PLACES.get(source.place, source.place)),
        ("issued", date_words(source.issued) if source.issued else "day not known"),
        ("in force from", date_words(in_force) if in_force else ""),
        ("looked at", f"{date_words(source.looked_at)}, again by {date_words(source.review_by)}"),
        ("confidence", _CONFIDENCE[source.confidence]),
        ("how it was read", source.reading),
    ]
    return [(label, text(said)) for label, said in rows if said]


def _passage(passage: Passage, users: list[str]) -> RenderableType:
    used = "; ".join(users) if users else "nothing yet"
    rows = f" · rows {', '.join(passage.rows)}" if passage.rows else ""
    return Group(
        line((f"#{passage.name}", "bold"), _sure(passage)),
        indented(text(passage.says)),
        indented(text(f"used by {used}{rows}", QUIET)),
        Text(),
    )


def _users() -> dict[str, list[str]]:
    """Who cites each passage: rules, exceptions, values and measurements, by name."""
    found: dict[str, dict[str, list[str]]] = {}
    for key, kind, name in _citations():
        names = found.setdefault(key, {}).setdefault(kind, [])
        if name not in names:
            names.append(name)
    return {
        key: [_counted(kind, names) for kind, names in kinds.items()]
        for key, kinds in found.items()
    }


def _counted(kind: str, names: list[str]) -> str:
    """Names after their kind: the rules a and b."""
    return f"the {kind}{'s' if len(names) > 1 else ''} {listed(names)}"


def _citations() -> Iterator[tuple[str, str, str]]:
    for rule in rules().values():
        yield from ((key, "rule", rule.name) for key in rule.cites)
    for each in exceptions().values():
        yield from ((key, "exception", each.name) for key in each.cites)
    for name, value in values().items():
        yield from ((key, "value", name) for row in value.rows for key in row.cites)
