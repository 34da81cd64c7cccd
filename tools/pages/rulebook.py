"""The rule book: an index, and one page for each chapter with its rules, exceptions and values."""

from collections.abc import Iterable
from typing import Any

from isocourse import evidence
from isocourse.course.worked import cases
from isocourse.rules import TOPICS, Exception_, Rule, Starts, Value, exceptions, rules, values

from .markdown import anchor, code, codes, link, page, table
from .readings import Held, passages_of_exceptions, readings, when


def rulebook() -> dict[str, str]:
    """The index and the chapters by path."""
    return {"rules.md": _index(), **{f"rules/{each}.md": _chapter(each) for each in TOPICS}}


def cited(keys: Iterable[str]) -> str:
    """Passages by source, each source a link."""
    found: dict[str, list[str]] = {}
    for key in keys:
        name, _, passage = key.partition("#")
        found.setdefault(name, []).append(passage)
    return "; ".join(f"{_source(name)} {', '.join(held)}" for name, held in found.items())


def _source(name: str) -> str:
    return link(code(name), f"../sources/{evidence.source(name).place}.md#{anchor(name)}")


def _index() -> str:
    rows = [
        (
            link(code(rule.name), f"rules/{rule.chapter}.md#{anchor(rule.name)}"),
            _effect(rule),
            code(rule.topic),
            rule.about,
        )
        for rule in _in_order(rules().values())
    ]
    return page("Rules", _INTRODUCTION, table(("rule", "effect", "topic", "what must hold"), rows))


_INTRODUCTION = """\
A rule that *refuses* stops the actions it names while its condition holds, and while the record
does not tell. A rule that *advises* says a word of caution when its condition is known to hold.
Alerts, tasks (*is due*), phases, what is normal, and tips stand beside the verdicts and decide none
of them.
How a verdict comes of them is told in [How a verdict is made](../explanation/verdicts.md). Each
rule's page has its sentence, what it reads, its values by place and date, and its sources."""


def _in_order(found: Iterable[Any]) -> list[Any]:
    return sorted(found, key=lambda each: TOPICS.index(each.name.partition(".")[0]))


_EFFECTS = {
    "blocks": "refuses {actions}",
    "advises": "advises on {actions}",
    "alerts": "alerts ({urgency})",
    "due": "is due: {names}",
    "phase": "phase: {names}",
    "expect": "is normal",
    "tips": "tip",
}


def _effect(rule: Rule) -> str:
    return _EFFECTS[rule.effect].format(
        actions=", ".join(rule.actions), names=rule.names.replace("_", " "), urgency=rule.urgency
    )


def _chapter(topic: str) -> str:
    own = [rule for rule in rules().values() if rule.chapter == topic]
    exempt = [each for each in exceptions().values() if each.name.startswith(f"{topic}.")]
    dated = [each for each in values().values() if each.topic == topic]
    parts = [f"## Rules\n\n{_joined(map(_rule, own))}"]
    if exempt:
        parts.append(f"## Exceptions\n\n{_joined(map(_exception, exempt))}")
    parts.append(f"## Values\n\n{_SINCE}\n\n{_joined(map(_value, dated))}")
    count = sum(each.topic == topic for each in cases().values())
    worked = link(f"{count} worked cases", f"../../../src/isocourse/rules/{topic}/cases.md")
    return page(f"Rules: {topic.replace('_', ' ')}", f"With {worked}.", *parts)


_SINCE = """\
A value holds from its day until a later one of the same place begins. Germany, France and Italy
take the value of the EU where they have none of their own."""


def _joined(parts: Iterable[str]) -> str:
    return "\n\n".join(parts)


def _rule(rule: Rule) -> str:
    held = readings().get(rule.name, Held())
    layers = "; ".join(
        layer if len(held.layers) == 1 else f"{layer} in {', '.join(places)}"
        for layer, places in held.layers.items()
    )
    rows = [
        ("effect", _effect(rule)),
        ("topic", code(rule.topic)),
        ("layer", layers),
        ("speaks in", "; ".join(when(place, days) for place, days in held.days.items())),
        ("sentence", rule.says),
        ("advice", rule.advice),
        ("reads", codes(held.facts)),
        ("values", ", ".join(_value_link(rule.chapter, name) for name in held.values)),
        ("not for", codes(held.exceptions)),
        ("provisional in", ", ".join(held.provisional)),
        ("sources", cited(held.cites)),
    ]
    filled = [row for row in rows if row[1]]
    return f"### {rule.name}\n\n{rule.about}\n\n{table(('', ''), filled)}"


def _value_link(topic: str, name: str) -> str:
    """A value by its name; rules of one chapter may look at the values of another."""
    others = [value.topic for value in values().values() if value.name == name]
    if topic in others:
        return link(code(name), f"#{anchor(f'{topic}.{name}')}")
    if others:
        whole = f"{others[0]}.{name}"
        return link(code(whole), f"{others[0]}.md#{anchor(whole)}")
    return f"{code(name)} of the clinic's settings"


def _exception(each: Exception_) -> str:
    effect = "takes away" if each.effect == "exempt" else "softens to advice"
    since = Starts().day(each.since)
    rows = [
        (effect, codes(each.rules)),
        ("place", "all" if each.place == "all" else each.place),
        ("since", since),
        ("sources", cited(passages_of_exceptions()[each.name])),
    ]
    return f"### {each.name}\n\n{each.about}\n\n{table(('', ''), [r for r in rows if r[1]])}"


def _value(value: Value) -> str:
    rows = [
        (row.place, _since(row.since), _shown(row.value), cited(row.cites)) for row in value.rows
    ]
    head = ("place", "since", f"value ({value.unit})", "sources")
    return f"### {value.topic}.{value.name}\n\n{value.meaning}\n\n{table(head, rows)}"


def _since(since: Any) -> str:
    return f"{Starts().day(since)} ({since})" if isinstance(since, str) else str(since)


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "none"
    return "none" if value is None else str(value)
