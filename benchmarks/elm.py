"""The rules of an edition as a library of ELM, the compiled form of the Clinical Quality Language.

Made from the very expressions that isocourse asks: what is measured is the same rules, in another
engine. A fact is the value of the FHIR Observation whose code is its name, and null without one.
"""

from typing import Any

from isocourse.course.edition import InForce
from isocourse.course.steps import readings_of
from isocourse.rules.reading import Reading
from isocourse.words.expressions import (
    Both,
    Compare,
    Constant,
    Either,
    Expression,
    Fact,
    Greatest,
    Missing,
    Not,
    Number,
    Plus,
    Quantity,
    Shown,
    Times,
)

Elm = dict[str, Any]
BLOCKS, SYSTEM = "blocks", "urn:isocourse:facts"
_SYSTEM_MODEL = {"localIdentifier": "System", "uri": "urn:hl7-org:elm-types:r1"}
_FHIR_MODEL = {"localIdentifier": "FHIR", "uri": "http://hl7.org/fhir", "version": "4.0.1"}
_TYPES = "{urn:hl7-org:elm-types:r1}"
_SIGNS = {"<": "Less", "<=": "LessOrEqual", ">": "Greater", ">=": "GreaterOrEqual"}


def gates(in_force: InForce) -> dict[str, Reading]:
    """The rules that can close a gate, by name."""
    return {
        name: each for name, each in readings_of(in_force).items() if each.rule.effect == BLOCKS
    }


def library(in_force: InForce) -> Elm:
    """A library with one definition, `gates`: for each rule whether it blocks, null where unknown.

    Each fact is looked for once among the Observations of the patient.
    """
    found = gates(in_force)
    rules = [{"name": name, "value": _blocks(reading)} for name, reading in found.items()]
    read = sorted(set().union(*(facts_in(each) for each in found.values())))
    query = {
        "type": "Query",
        "source": [{"alias": "patient", "expression": _retrieve("Patient")}],
        "let": [{"identifier": name, "expression": _observed(name)} for name in read],
        "relationship": [],
        "return": {"expression": {"type": "Tuple", "element": rules}},
    }
    codes = [{"name": name, "id": name, "codeSystem": {"name": "facts"}} for name in read]
    patient = _call("SingletonFrom", _retrieve("Patient"))
    statements = [
        {"name": "Patient", "context": "Patient", "expression": patient},
        {"name": "gates", "context": "Patient", "expression": _call("SingletonFrom", query)},
    ]
    return {
        "library": {
            "identifier": {"id": "gates", "version": "1"},
            "schemaIdentifier": {"id": "urn:hl7-org:elm", "version": "r1"},
            "usings": {"def": [_SYSTEM_MODEL, _FHIR_MODEL]},
            "codeSystems": {"def": [{"name": "facts", "id": SYSTEM}]},
            "codes": {"def": codes},
            "statements": {"def": statements},
        }
    }


def facts_in(reading: Reading) -> set[str]:
    """The facts that a rule and its exceptions read."""
    parts = [reading.expression, *(each.expression for each in reading.exceptions)]
    found = set()
    while parts:
        part = parts.pop()
        parts += part.parts()
        if isinstance(part, Fact):
            found.add(part.name)
    return found


def _retrieve(resource: str) -> Elm:
    return {"type": "Retrieve", "dataType": f"{{http://hl7.org/fhir}}{resource}"}


def _observed(name: str) -> Elm:
    """The value of the Observation with the code of a fact, null without one."""
    code = {"type": "ToList", "operand": {"type": "CodeRef", "name": name}}
    of_code = {**_retrieve("Observation"), "codeProperty": "code", "codes": code}
    value = {"type": "Property", "path": "value", "source": {"type": "First", "source": of_code}}
    return {"type": "Property", "path": "value", "source": value}


def _blocks(reading: Reading) -> Elm:
    """Whether a rule blocks: it holds, and no exception is shown."""
    kept = [_call("Not", _call("IsTrue", elm(each.expression))) for each in reading.exceptions]
    return _joined("And", [elm(reading.expression), *kept])


def elm(expression: Expression) -> Elm:
    """A condition as ELM; both languages know true, false and null."""
    match expression:
        case Constant(value):
            return _literal("Boolean", "true" if value else "false")
        case Fact():
            return _call("Not", _call("Equal", _number(expression), _literal("Integer", "0")))
        case Missing(inner):
            missing, no = _call("IsNull", _number(inner)), _literal("Boolean", "false")
            return {"type": "If", "condition": missing, "then": {"type": "Null"}, "else": no}
        case Not(inner):
            return _call("Not", elm(inner))
        case Shown(inner):
            return _call("IsTrue", elm(inner))
        case Both(inner):
            return _joined("And", [elm(each) for each in inner])
        case Either(inner):
            return _joined("Or", [elm(each) for each in inner])
        case Compare(sign, left, right):
            return _compared(sign, _number(left), _number(right))
    raise TypeError(f"{expression!r} is no rule expression.")


def _compared(sign: str, left: Elm, right: Elm) -> Elm:
    if sign in _SIGNS:
        return _call(_SIGNS[sign], left, right)
    equal = _call("Equal", left, right)
    return equal if sign == "==" else _call("Not", equal)


def _number(quantity: Quantity) -> Elm:
    match quantity:
        case Number(value):
            return _literal("Integer", str(int(value)))
        case Fact(name):
            return {"type": "QueryLetRef", "name": name}
        case Times(inner, factor):
            return _call("Multiply", _number(inner), _literal("Integer", str(factor)))
        case Plus(left, right):
            return _call("Add", _number(left), _number(right))
        case Greatest(inner):
            numbers = {"type": "List", "element": [_number(each) for each in inner]}
            return {"type": "Max", "source": numbers}
    raise TypeError(f"{quantity!r} is no quantity.")


def _call(name: str, *operands: Elm) -> Elm:
    return {"type": name, "operand": operands[0] if len(operands) == 1 else list(operands)}


def _joined(name: str, operands: list[Elm]) -> Elm:
    held = operands[0]
    for each in operands[1:]:
        held = _call(name, held, each)
    return held


def _literal(kind: str, value: str) -> Elm:
    return {"type": "Literal", "valueType": f"{_TYPES}{kind}", "value": value}
