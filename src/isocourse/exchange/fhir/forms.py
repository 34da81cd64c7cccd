"""Questionnaires that were filled in, and consents."""

from isocourse.exchange.fhir.codes import row_of, system, table
from isocourse.exchange.fhir.looking import Json, codings, number, part, parts, text
from isocourse.exchange.fhir.making import Made, usable_resource
from isocourse.exchange.fhir.moments import moment

_DEEPEST = 20


def response(made: Made, resource: Json) -> None:
    """PHQ-9, PHQ-2 or GAD-7: the score that the answers carry, else that they add up to."""
    if not usable_resource(made, resource, ("completed", "amended")):
        return
    items = list(_items(resource, _DEEPEST))
    found = [(row, each) for each in items if (row := _scored(each))]
    at = moment(resource, "authored")
    nine = _adds_up(items)
    if at is None:
        made.tell(resource, "authored", "the day on which it was filled in", "record it")
    elif found:
        for row, each in found:
            _add(made, resource, at, row["instrument"], _value(each), nine)
    elif nine:
        _add(made, resource, at, "phq-9", sum(nine.values()), nine)
    else:
        made.tell(resource, "questionnaire", "PHQ-9, PHQ-2 or GAD-7 with LOINC codes", "record it")
        _thoughts_of_death(made, resource, at, items)
    made.leave(
        resource, *["questionnaire", "status", "authored", "author", "source", "item", "basedOn"]
    )


def _items(held: Json, depth: int) -> list[Json]:
    if depth == 0:
        return []
    here = parts(held, "item")
    below = [e for each in here for e in _items(each, depth - 1)]
    answers = [answer for each in here for answer in parts(each, "answer")]
    return here + below + [e for answer in answers for e in _items(answer, depth - 1)]


def _code(item: Json) -> str:
    """The LOINC code that an item is named by."""
    return (text(item, "linkId") or "").rsplit("/", 1)[-1]


def _scored(item: Json) -> Json | None:
    concept = {"coding": [{"system": system("loinc"), "code": _code(item)}]}
    return row_of("questionnaire", concept, "loinc")


def _value(item: Json) -> int | None:
    for answer in parts(item, "answer"):
        for key in ("valueInteger", "valueDecimal"):
            found = number(answer, key)
            if found is not None and float(found).is_integer():
                return int(found)
        scores = table()["phq_9"]["answers"]
        for coding in codings({"coding": [part(answer, "valueCoding")]}):
            if coding.code in scores:
                return int(scores[coding.code])
    return None


def _adds_up(items: list[Json]) -> dict[str, int] | None:
    """The answers of PHQ-9, when all nine are there."""
    questions = table()["phq_9"]["questions"]
    held = {_code(each): _value(each) for each in items if _code(each) in questions}
    scores = {code: score for code, score in held.items() if score is not None}
    return scores if len(scores) == len(questions) else None


def _thoughts_of_death(made: Made, resource: Json, at: str, items: list[Json]) -> None:
    """Item 9 above zero is a finding, though the rest was left out."""
    nine = table()["item_9"][0]["code"]
    if any(_code(each) == nine and (_value(each) or 0) > 0 for each in items):
        keys = {"assessed": True, "concern": "suicidal_thoughts"}
        made.add(resource, "mental_health", at, keys)


def _add(
    made: Made, resource: Json, at: str, instrument: str, score: int | None, nine: object
) -> None:
    item = nine.get(table()["item_9"][0]["code"]) if isinstance(nine, dict) else None
    if score is None:
        made.tell(resource, "item", "a whole score", "record the questionnaire")
        return
    keys = {"instrument": instrument, "score": score}
    made.add(
        resource, "questionnaire", at, keys | ({"item_9": item} if instrument == "phq-9" else {})
    )


def consent(made: Made, resource: Json) -> None:
    """A consent of another system: which of the forms it is cannot be told, so none counts."""
    if usable_resource(made, resource, ("active",)):
        expected = "one of the programme's forms, which no common code names"
        made.tell(resource, "category", expected, "record the form that was signed")
