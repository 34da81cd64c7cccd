"""The explain command: one rule with all it rests on, or every rule by topic."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from isocourse.facts import column
from isocourse.on_screen.paper import (
    MARKS,
    QUIET,
    WIDE,
    date_words,
    hanging,
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
from isocourse.on_screen.refused import Refused, closest, plural
from isocourse.on_screen.standing import CAN, CANNOT, EVERYBODY, Standing, standings
from isocourse.on_screen.titles import keys_of, titles
from isocourse.rules import Exception_, Rule, Starts, exceptions, rules, values
from isocourse.rules.book import EFFECTS, RULE_TOPICS
from isocourse.rules.values import Row, Value

STARTS = Starts()
_EFFECTS = {
    "blocks": "stops, until it is shown to be met",
    "advises": "advises, and stops nothing",
    "alerts": "raises an alert, and stops nothing",
    "due": "says what is due, and stops nothing",
    "phase": "names the phase of the course",
    "expect": "says what is normal now",
    "tips": "gives the patient a tip",
}
_WHOM = {"can": CAN, "cannot": CANNOT, "all": EVERYBODY, None: "nobody"}
_MOST_WORDS = 12


def list_rules() -> None:
    """Every rule by topic, in one line each."""
    console = paper()
    ordered = sorted(rules().values(), key=lambda rule: RULE_TOPICS.index(rule.topic))
    for topic, held in groupby(ordered, key=lambda rule: rule.topic):
        console.print(heading(topic.replace("_", " ")))
        rows = [(_named(rule), text(rule.about, QUIET)) for rule in held]
        console.print(in_rows(rows, console.width > WIDE))
    console.print()
    signs = ", ".join(f"{MARKS[e].symbol} {MARKS[e].word}" for e in EFFECTS)
    count = plural(len(ordered), "rule")
    console.print(text(f"{count}: {signs}. One in full: isocourse explain RULE", QUIET))


def _named(rule: Rule) -> Text:
    return line((f"{MARKS[rule.effect].symbol} ", MARKS[rule.effect].ink), rule.name)


def explain(name: str) -> None:
    """One rule in full. Raises Refused when no rule has this name."""
    rule = rules().get(name) or _by_last_part(name)
    if rule is None:
        hint = closest(name, list(rules()))
        raise Refused(f"There is no rule {name!r}.{hint} All of them: isocourse explain")
    console = paper()
    for part in _parts(rule):
        console.print(part)


def _by_last_part(name: str) -> Rule | None:
    """The only rule whose name ends so."""
    found = [rule for rule in rules().values() if rule.name.partition(".")[2] == name]
    return found[0] if len(found) == 1 else None


def _parts(rule: Rule) -> Iterator[RenderableType]:
    stands = standings(rule, STARTS)
    held = [each for each in exceptions().values() if rule.name in each.rules]
    named = list(dict.fromkeys(name for each in stands for name in each.values))
    yield title(rule.name)
    yield text(rule.about, "bold")
    yield Text()
    yield labelled(_summary(rule, stands))
    yield heading("Where it holds")
    yield from (indented(each) for each in _standings(stands))
    yield from _values([values()[name] for name in named])
    yield from _exceptions(held)
    yield from _facts(stands)
    yield heading("Sources")
    yield from (indented(each) for each in titles(_cites(rule, held, named)))


def _summary(rule: Rule, stands: list[Standing]) -> list[tuple[str, RenderableType]]:
    layers = list(dict.fromkeys(each.layer for each in stands if each.binds))
    says = rule.says.replace("{", "‹").replace("}", "›").replace("_", " ")
    return [
        ("effect", text(_EFFECTS[rule.effect])),
        *([("on", text(listed(rule.actions)))] if rule.actions else []),
        *([("urgency", text(rule.urgency))] if rule.urgency else []),
        *([("names", text(rule.names.replace("_", " ")))] if rule.names else []),
        ("topic", text(rule.topic.replace("_", " "))),
        ("layer", text(" or ".join(layers or [rule.layer]) + ", by place" * (len(layers) > 1))),
        ("says", text(f"“{says}”")),
        *([("advice", text(rule.advice))] if rule.advice else []),
    ]


def _cites(rule: Rule, held: list[Exception_], named: list[str]) -> list[str]:
    """Every passage that the rule, its exceptions and its values rest on."""
    own = [*rule.cites, *(key for each in held for key in each.cites)]
    return own + [key for name in named for row in values()[name].rows for key in row.cites]


def _standings(stands: list[Standing]) -> Iterator[Text]:
    speaks = {place for each in stands if each.binds for place in each.places}
    for each in stands:
        if each.binds:
            since = f" from {date_words(each.since)}: binds {each.binds} "
            yield line((", ".join(each.places), "bold"), since, (f"({each.layer})", QUIET))
        elif set(each.places) & speaks:
            where = ", ".join(each.places)
            yield text(f"{where} from {date_words(each.since)}: no longer, or not yet")
    silent = dict.fromkeys(place for each in stands for place in each.places if place not in speaks)
    if silent:
        yield text(f"{', '.join(silent)}: says nothing", QUIET)


def _values(held: list[Value]) -> Iterator[RenderableType]:
    if held:
        yield heading("Its values")
    for value in held:
        name = f"{value.topic}.{value.name}"
        yield indented(line((name, "bold"), (f"  {value.meaning}", QUIET)))
        yield from (indented(_row(value, rows), 4) for rows in _alike(value))


def _alike(value: Value) -> list[list[Row]]:
    """Rows that give the same value since the same day on the same word, together."""
    found: dict[tuple[Any, ...], list[Row]] = {}
    for row in value.rows:
        key = (repr(row.value), STARTS.day(row.since), row.cites)
        found.setdefault(key, []).append(row)
    return list(found.values())


def _row(value: Value, rows: list[Row]) -> RenderableType:
    row, where = rows[0], ", ".join(each.place for each in rows)
    since = f" from {date_words(STARTS.day(row.since))}: "
    said = (value_words(row.value, value.unit), "bold")
    return hanging(text("–", QUIET), line(where, since, said, (f"  {keys_of(row.cites)}", QUIET)))


def value_words(value: Any, unit: str) -> str:
    """A value as a reader sees it, with its unit."""
    if unit == "whom":
        return _WHOM.get(value, str(value))
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        shown = [str(each).replace("_", " ") for each in value]
        more = f" and {len(shown) - _MOST_WORDS} more" if len(shown) > _MOST_WORDS else ""
        return ", ".join(shown[:_MOST_WORDS]) + more or "none"
    return f"{value} {unit}" if isinstance(value, int) else str(value).replace("_", " ")


def _exceptions(held: list[Exception_]) -> Iterator[RenderableType]:
    if held:
        yield heading("Exceptions")
    for each in held:
        where = "everywhere" if each.place == "all" else each.place
        effect = "does not bind" if each.effect == "exempt" else "only advises"
        since = date_words(STARTS.day(each.since))
        told = f"  {where}, from {since}: the rule {effect}  {keys_of(each.cites)}"
        yield indented(Group(line((each.name, "bold"), (told, QUIET)), indented(text(each.about))))


def _facts(stands: list[Standing]) -> Iterator[RenderableType]:
    names = sorted({name for each in stands for name in each.facts})
    if names:
        yield heading("Facts it reads")
    for name in names:
        held = column(name)
        ask = [(f" Record: {held.ask}.", QUIET)] if held.ask else []
        yield indented(line((name, "bold"), (f" ({held.unit})  ", QUIET), held.says, *ask))
