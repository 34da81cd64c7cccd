"""A report as one page: plots, each with its numbers in a table; nothing comes from elsewhere."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import polars as pl
from jinja2 import Environment

from isocourse import __version__
from isocourse.exchange.report import counting, drawing
from isocourse.exchange.report.counting import ACTIONS, GAP_DAYS, NoRegistry, Registry, registry
from isocourse.rules import rules

MOST_RULES = 15
_LABELS = {f"{days}": f"{days} days or more" for days in GAP_DAYS} | {"1": "any length"}
_NAMES = {"prescribe": "a prescription", "dispense": "a hand-over"}


@dataclass(frozen=True)
class Plot:
    """A picture, and what it shows in a sentence."""

    says: str
    svg: str


@dataclass(frozen=True)
class Table:
    """Numbers behind a picture."""

    title: str
    frame: pl.DataFrame

    @property
    def names(self) -> Sequence[str]:
        """The heads of its columns."""
        return self.frame.columns

    @property
    def numbers(self) -> Sequence[str]:
        """The columns that hold numbers."""
        return [n for n, kind in self.frame.schema.items() if kind.is_numeric()]

    @property
    def rows(self) -> Sequence[tuple[Any, ...]]:
        """Its rows."""
        return self.frame.rows()


@dataclass(frozen=True)
class Part:
    """A heading, what it is about, pictures and tables."""

    key: str
    title: str
    says: str
    plots: Sequence[Plot] = ()
    tables: Sequence[Table] = ()


def report(
    folder: str | os.PathLike[str],
    events: str | os.PathLike[str] | None = None,
    against: str | os.PathLike[str] | None = None,
) -> str:
    """A registry's report as HTML. Raises NoRegistry.

    `events` are the entries, for gaps in treatment; `against` the same courses assessed otherwise,
    for what that would change.
    """
    held = registry(folder)
    other = None if against is None else registry(against)
    parts = [*_blocked(held), _stages(held)]
    if events is not None:
        parts.append(_gaps(events))
    if other is not None:
        parts.append(_changed(held, other))
    page = Environment(autoescape=True, trim_blocks=True).from_string(
        (files(__package__) / "page.html").read_text(encoding="utf-8")
    )
    return page.render(head=held.asked, parts=parts, version=__version__)


def _blocked(held: Registry) -> Iterator[Part]:
    for action in ACTIONS:
        said = counting.verdicts(held, action)
        by_rule = counting.blocked_by(held, action)
        shut = said.filter(pl.col("verdict") == counting.BLOCKED)["courses"].sum()
        asked = said.filter(pl.col("verdict") != "not_applicable")["courses"].sum()
        plots = [
            Plot(f"What is said of {_NAMES[action]}, by place.", drawing.shares(said, "verdict"))
        ]
        if len(by_rule):
            closes = f"Rules that close {_NAMES[action]}, and where nothing else does."
            plots.append(Plot(closes, drawing.reasons(by_rule, MOST_RULES)))
            share = "The share of a place's courses that a rule closes."
            plots.append(Plot(share, drawing.where(by_rule, said, MOST_RULES)))
        yield Part(
            action,
            f"Who is blocked: {action}",
            f"{shut:,} of {asked:,} courses that can be asked are blocked.",
            plots,
            [Table("Verdicts by place", said), Table("Rules by place", _with_words(by_rule))],
        )


def _with_words(by_rule: pl.DataFrame) -> pl.DataFrame:
    topics = {name: each.topic for name, each in rules().items()}
    layers = {name: each.layer for name, each in rules().items()}
    return by_rule.with_columns(
        pl.col("rule").replace_strict(topics, return_dtype=pl.String).alias("topic"),
        pl.col("rule").replace_strict(layers, return_dtype=pl.String).alias("whose word"),
    )


def _stages(held: Registry) -> Part:
    found = counting.stages(held)
    wide = found.pivot("stage", index="place", values="courses").fill_null(0)
    says = "Courses by place and stage. Paused: the capsules have run out and the course goes on."
    return Part("stages", "Where courses stand", says, (), [Table("Stages by place", wide)])


def _gaps(events: str | os.PathLike[str]) -> Part:
    found = counting.gaps(events)
    says = (
        "Days without capsules between two hand-overs. Capsules left over are counted as used "
        "first; a treatment that ended is no gap."
    )
    if not len(found):
        return Part("gaps", "Gaps in treatment", f"{says} No capsules were handed over.")
    table = found.rename({name: label for name, label in _LABELS.items()})
    picture = Plot("Courses with a gap of so many days, by place.", drawing.lengths(found, _LABELS))
    return Part("gaps", "Gaps in treatment", says, [picture], [Table("Courses with a gap", table)])


def _changed(held: Registry, other: Registry) -> Part:
    plots, tables = [], []
    for action in ACTIONS:
        moved = counting.changed(held, other, action)
        moved = moved.filter(pl.col("before") != pl.col("after"))
        count = moved["courses"].sum()
        if not len(moved):
            continue
        says = f"{action}: {count:,} courses are told something else."
        plots.append(Plot(says, drawing.moved(moved)))
        tables.append(Table(f"{action}: what changes, by place", moved))
        difference = _difference(held, other, action)
        if len(difference):
            tables.append(Table(f"{action}: rules that close more or fewer", difference))
    says = f"The same courses, before: {_rules(held)}; after: {_rules(other)}."
    says += "" if plots else " Nothing changes."
    return Part("changed", "What other rules would do", says, plots, tables)


def _difference(held: Registry, other: Registry, action: str) -> pl.DataFrame:
    def total(of: Registry, name: str) -> pl.DataFrame:
        counts = counting.blocked_by(of, action).group_by("rule")
        return counts.agg(pl.col("courses").sum().cast(pl.Int64).alias(name))

    both = total(held, "before").join(total(other, "after"), on="rule", how="full", coalesce=True)
    both = both.fill_null(0).with_columns((pl.col("after") - pl.col("before")).alias("difference"))
    both = both.filter(pl.col("difference") != 0)
    return both.sort(pl.col("difference").abs(), "rule", descending=[True, False])


def _rules(of: Registry) -> str:
    day = of.asked.get("rules_of")
    return f"rules of {day}" if day else f"rules in force on {of.asked['at']}"


__all__ = ["NoRegistry", "report"]
