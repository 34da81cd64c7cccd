"""The plots of a report, as SVG: colours that the colour-blind tell apart, words on every bar."""

from typing import Any

import altair as alt
import polars as pl

WIDTH = 560
_VERDICTS = ("allowed", "unknown", "blocked", "not_applicable")
_WORDS = {
    "allowed": "allowed",
    "unknown": "cannot tell",
    "blocked": "blocked",
    "not_applicable": "not asked",
}
_COLOURS = ("#009e73", "#e69f00", "#d55e00", "#bbbbbb")
"""Of Okabe and Ito; the words beside them say the same."""
_INK, _FONT = "#1d2b33", "Helvetica, Arial, sans-serif"
_ROOM = {"left": 40, "right": 40, "top": 5, "bottom": 5}
"""For letters that are wider on a reader's machine than here."""


def svg(chart: Any) -> str:
    """A chart as SVG, without a browser."""
    import vl_convert

    settled = chart.configure(font=_FONT, padding=_ROOM).configure_view(strokeWidth=0)
    settled = settled.configure_axis(labelColor=_INK, titleColor=_INK, labelLimit=320)
    made: str = vl_convert.vegalite_to_svg(settled.to_dict())
    return made


def shares(counts: pl.DataFrame, of: str) -> str:
    """What share of each place has which verdict: bars that fill the width."""
    rows = counts.with_columns(
        (pl.col("courses") / pl.col("courses").sum().over("place")).alias("share"),
        pl.col(of).replace(_WORDS).alias("said"),
        pl.col(of).replace_strict({v: n for n, v in enumerate(_VERDICTS)}).alias("nth"),
    )
    words = [_WORDS[each] for each in _VERDICTS]
    base = alt.Chart(_data(rows)).encode(
        y=alt.Y("place:N", title=None),
        x=alt.X("share:Q", stack="zero", axis=alt.Axis(format="%"), title="share of courses"),
        order=alt.Order("nth:Q"),
        color=alt.Color(
            "said:N",
            scale=alt.Scale(domain=words, range=list(_COLOURS)),
            legend=alt.Legend(title=None, orient="top"),
        ),
        tooltip=["place:N", "said:N", "courses:Q"],
    )
    return svg(base.mark_bar().properties(width=WIDTH))


def reasons(counts: pl.DataFrame, most: int) -> str:
    """How many courses each rule closes, and of them where nothing else does."""
    total = (
        counts.group_by("rule")
        .agg(pl.col("courses").sum(), pl.col("alone").sum())
        .sort("courses", "rule", descending=[True, False])
        .head(most)
        .with_columns((pl.col("courses") - pl.col("alone")).alias("with others"))
    )
    rows = total.unpivot(["alone", "with others"], index="rule", variable_name="how")
    chart = alt.Chart(_data(rows)).encode(
        y=alt.Y("rule:N", sort=total["rule"].to_list(), title=None),
        x=alt.X("value:Q", title="courses"),
        color=alt.Color(
            "how:N",
            scale=alt.Scale(domain=["alone", "with others"], range=["#d55e00", "#f0b99a"]),
            legend=alt.Legend(title="closes", orient="top"),
        ),
    )
    return svg(chart.mark_bar().properties(width=WIDTH))


def where(counts: pl.DataFrame, courses: pl.DataFrame, most: int) -> str:
    """Which share of the courses of a place each rule closes, as a table of shades with numbers."""
    names = counts.group_by("rule").agg(pl.col("courses").sum())
    names = names.sort("courses", "rule", descending=[True, False])
    kept = names.head(most)["rule"].to_list()
    rows = counts.filter(pl.col("rule").is_in(kept)).join(
        courses.group_by("place").agg(pl.col("courses").sum().alias("all")), on="place"
    )
    rows = rows.with_columns((pl.col("courses") / pl.col("all")).alias("share"))
    base = alt.Chart(_data(rows)).encode(
        y=alt.Y("rule:N", sort=kept, title=None),
        x=alt.X("place:N", title=None, axis=alt.Axis(labelAngle=0, orient="top")),
    )
    dark = max(rows["share"].to_list(), default=0.0)
    shade = base.mark_rect().encode(
        color=alt.Color("share:Q", scale=alt.Scale(scheme="oranges"), legend=None)
    )
    words = base.mark_text(fontSize=11).encode(
        text=alt.Text("share:Q", format=".0%"),
        color=alt.condition(alt.datum.share > dark / 2, alt.value("white"), alt.value(_INK)),
    )
    return svg((shade + words).properties(width=70 * rows["place"].n_unique()))


def lengths(counts: pl.DataFrame, labels: dict[str, str]) -> str:
    """What share of the courses of each place had a gap of so many days or more."""
    rows = counts.unpivot(list(labels), index=["place", "courses"], variable_name="days")
    rows = rows.with_columns(
        (pl.col("value") / pl.col("courses")).alias("share"), pl.col("days").replace(labels)
    )
    chart = alt.Chart(_data(rows)).encode(
        y=alt.Y("place:N", title=None),
        x=alt.X("share:Q", axis=alt.Axis(format="%"), title="share of courses with capsules"),
        yOffset=alt.YOffset("days:N", sort=list(labels.values())),
        color=alt.Color(
            "days:N",
            sort=list(labels.values()),
            scale=alt.Scale(range=["#a6cee3", "#56b4e9", "#0072b2", "#003d66"]),
            legend=alt.Legend(title="a gap of", orient="top"),
        ),
    )
    return svg(chart.mark_bar().properties(width=WIDTH))


def moved(counts: pl.DataFrame) -> str:
    """How many courses go from one verdict to another."""
    total = counts.group_by("before", "after").agg(pl.col("courses").sum())
    named = pl.col("before").replace(_WORDS) + " → " + pl.col("after").replace(_WORDS)
    rows = total.with_columns(named.alias("change"), pl.col("after").replace(_WORDS))
    words = [_WORDS[each] for each in _VERDICTS]
    base = alt.Chart(_data(rows)).encode(
        y=alt.Y("change:N", sort="-x", title=None), x=alt.X("courses:Q", title="courses")
    )
    colour = alt.Color("after:N", scale=alt.Scale(domain=words, range=list(_COLOURS)), legend=None)
    bars = base.mark_bar().encode(color=colour)
    numbers = base.mark_text(align="left", dx=4).encode(text=alt.Text("courses:Q", format=","))
    return svg((bars + numbers).properties(width=WIDTH))


def _data(rows: pl.DataFrame) -> Any:
    """The rows as they are drawn; places by the letters they are known by."""
    if "place" in rows.columns:
        rows = rows.with_columns(pl.col("place").str.to_uppercase())
    return alt.Data(values=rows.to_dicts())  # type: ignore[no-untyped-call]
