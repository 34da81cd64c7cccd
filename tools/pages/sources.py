"""The evidence: an index of all sources, and one page for each place with their passages."""

from isocourse import evidence
from isocourse.evidence import Source

from .markdown import anchor, code, codes, link, page, table
from .usage import citing

_PLACES = {
    "us": "the United States",
    "uk": "the United Kingdom",
    "eu": "the European Union",
    "de": "Germany",
    "fr": "France",
    "it": "Italy",
    "in": "India",
    "shared": "all places",
}


def sources() -> dict[str, str]:
    """The index and the pages of the places by path."""
    places = dict.fromkeys(each.place for each in evidence.sources().values())
    return {"sources.md": _index(), **{f"sources/{place}.md": _of(place) for place in places}}


def _index() -> str:
    rows = [
        (
            link(code(each.key), f"sources/{each.place}.md#{anchor(each.key)}"),
            each.title,
            each.place,
            each.kind,
            each.in_force_from or "",
            each.looked_at,
            each.review_by,
            each.confidence,
        )
        for each in evidence.sources().values()
    ]
    return page("Sources", _INTRODUCTION, table(_HEAD, rows))


_HEAD = ("source", "title", "place", "kind", "in force", "looked at", "look again by", "confidence")
_INTRODUCTION = """\
Every source stands in one file of `src/isocourse/evidence/sources`, one file for each version of
it. *Read* means that the official text itself was read; *relayed* that a professional body, a
label copy or a report passed it on; *provisional* that it could not be read in full. What that
means for a rule is told in [Provisional rules](../explanation/provisional-rules.md)."""


def _of(place: str) -> str:
    held = [each for each in evidence.sources().values() if each.place == place]
    return page(f"Sources for {_PLACES.get(place, place)}", *map(_source, held))


def _source(source: Source) -> str:
    where = source.link if source.link.startswith("https://") else f"../../../{source.link}"
    facts = [
        ("kind", source.kind),
        ("publisher", source.publisher),
        ("issued", source.issued or ""),
        ("in force from", source.in_force_from or ""),
        ("link", f"<{where}>" if where == source.link else link(source.link, where)),
        ("looked at", source.looked_at),
        ("look again by", source.review_by),
        ("confidence", f"{source.confidence}: {source.reading}"),
    ]
    rows = [
        (code(each.name), each.says, each.confidence, codes(each.rows), codes(_users(each.key)))
        for each in source.passages.values()
    ]
    head = ("passage", "what it says, in our words", "confidence", "rows", "used by")
    filled = table(("", ""), [row for row in facts if row[1]])
    return f"## {source.key}\n\n{source.title}\n\n{filled}\n\n{table(head, rows)}"


def _users(key: str) -> tuple[str, ...]:
    return citing().get(key, ())
