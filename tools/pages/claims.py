"""The claims: what is commonly said, whether it holds, and what it rests on."""

from isocourse import evidence
from isocourse.evidence.claims import Claim, claims

from .markdown import anchor, code, link, page, table

_INTRODUCTION = """\
What patients read and hear about isotretinoin, and what the evidence shows. *Strong* means that
several studies agree or that a label or programme says so; *moderate* one good study, or several
that differ; *weak* small or old studies, practice or opinion. It informs; it is no advice to one
person. The claims stand in `src/isocourse/evidence/claims.toml`."""


def claims_page() -> str:
    """All claims: a table of verdicts, then each with its sources and figures."""
    found = claims()
    rows = [
        (link(each.claim, f"#{anchor(each.claim)}"), each.verdict, each.strength) for each in found
    ]
    head = ("it is said", "does it hold?", "strength")
    return page("Claims and evidence", _INTRODUCTION, table(head, rows), *map(_claim, found))


def _claim(each: Claim) -> str:
    cited = ", ".join(map(_cited, each.cites))
    parts = [f"## {each.claim}", f"**{each.verdict.capitalize()}** ({each.strength}). {each.shows}"]
    figures = [
        (code(row.key), row.quantity, row.said, row.unit, row.regimen, row.source.partition("#")[0])
        for row in each.figures
    ]
    head = ("figure", "what", "value", "unit", "on", "source")
    return "\n\n".join(p for p in (*parts, table(head, figures), f"Sources: {cited}.") if p)


def _cited(key: str) -> str:
    source, _, _ = key.partition("#")
    place = evidence.source(source).place
    held = link(code(key), f"../reference/sources/{place}.md#{anchor(source)}")
    return held + (" (provisional)" if evidence.passage(key).confidence == "provisional" else "")
