"""Body and mind: weight, blood, mood, symptoms, conditions, allergies, other medicines."""

import re
from collections.abc import Iterable
from unicodedata import normalize

from tests.agree.by_topic.hand_overs import by_prescriber
from tests.agree.by_topic.story import Entry, Fact, Story, last

from isocourse.words.codes import MEDICINE_CLASSES, Concern
from isocourse.words.tokens import CONDITIONS, SUBSTANCES, SYMPTOMS

_GRAVE = ("suicidal_thoughts", "psychosis", "aggression")
_NAMES = {
    "tetracycline": "tetracyclines",
    "topical_tetracycline": "tetracyclines",
    "vitamin_a": "vitamin_a_names",
    "st_johns_wort": "st_johns_wort_names",
    "phenytoin": "phenytoin_names",
    "carbamazepine": "carbamazepine_names",
    "corticosteroid": "corticosteroids",
    "keratolytic": "keratolytics",
}
_ON_THE_SKIN = ("topical_tetracycline", "keratolytic")


def facts(story: Story) -> Fact:
    """The facts of this topic."""
    return {
        **_weights(story),
        **_enzyme(story, "alt"),
        **_enzyme(story, "ast"),
        "triglycerides": _amount(_labs(story, "triglycerides")),
        "days_since_lipids": _since(story, _labs(story, "triglycerides")),
        "days_since_liver": _since(story, _labs(story, "alt")),
        **_mind(story),
        **_sexual(story),
        **_symptoms(story),
        **{f"condition_{w}": int(_active(story, w)) for w in CONDITIONS},
        **{
            f"allergy_{w}": int(any(e.event.substance == w for e in story.of("allergy")))
            for w in SUBSTANCES
        },
        **{f"takes_{w}": int(_takes(story, w)) for w in MEDICINE_CLASSES},
    }


def _weights(story: Story) -> Fact:
    grams = [e.event.grams for e in story.of("weight")]
    ratio = None
    if len(grams) > 1:
        ratio = grams[-1] * 1000 // _undoubted(story, grams[:-1])
    return {"weight": grams[-1] if grams else None, "weight_per_mille_of_previous": ratio}


def _undoubted(story: Story, grams: list[int]) -> int:
    """The last weight that does not differ from an undoubted one before as a slip of unit does."""
    if len(grams) == 1:
        return grams[0]
    before = _undoubted(story, grams[:-1])
    per_mille = grams[-1] * 1000 // before
    up, down = story.value("dose.weight_slip_up"), story.value("dose.weight_slip_down")
    return grams[-1] if down < per_mille < up else before


def _labs(story: Story, test: str) -> list[Entry]:
    return [e for e in story.of("lab") if e.event.test == test]


def _amount(results: list[Entry]) -> int | None:
    return results[-1].event.amount if results else None


def _since(story: Story, results: list[Entry]) -> int | None:
    return story.days_since(results[-1].day) if results else None


def _enzyme(story: Story, test: str) -> Fact:
    results = _labs(story, test)
    times = story.value("labs.enzyme_repeat_times")
    high = [e.event.amount > times * _limit(story, e) for e in results]
    in_a_row = next((n for n, each in enumerate(reversed(high)) if not each), len(high))
    return {
        test: _amount(results),
        f"{test}_limit": _limit(story, results[-1]) if results else None,
        f"{test}_high_in_a_row": in_a_row,
    }


def _limit(story: Story, result: Entry) -> int:
    given = result.event.limit_amount
    return int(story.value("labs.enzyme_limit") if given is None else given)


def _mind(story: Story) -> Fact:
    looks = story.of("mental_health")
    own = {event.id for event in story.course.events}  # of this course, not of an earlier one
    assessed = [e for e in looks if e.event.assessed and e.event.id in own]
    open_ = _since_cleared(story)
    grave = [e for e in open_ if e.kind == "mental_health" and e.event.concern in _GRAVE]
    nines = [e.event.item_9 for e in open_ if e.kind == "questionnaire" and e.event.item_9]
    return {
        "mental_health_assessed": 1 if assessed else None,
        "days_since_mental_health": story.days_since(assessed[-1].day if assessed else None),
        "mind_concern": int(Concern[grave[-1].event.concern.upper()]) if grave else 0,
        "item_nine": nines[-1] if nines else 0,
        "low_mood": int(bool(looks) and looks[-1].event.concern == "low_mood"),
    }


def _since_cleared(story: Story) -> list[Entry]:
    """What was found of the mind since a prescriber last found nothing grave."""
    held: list[Entry] = []
    for entry in story.of("mental_health", "questionnaire"):
        looked = entry.kind == "mental_health" and entry.event.assessed
        if looked and entry.event.concern not in _GRAVE and by_prescriber(story, entry):
            held = []
        else:
            held.append(entry)
    return held


def _sexual(story: Story) -> Fact:
    looks = story.of("sexual_function")
    assessed = any(e.event.assessed for e in looks)
    concern = bool(looks) and looks[-1].event.concern
    return {"sexual_function_assessed": 1 if assessed else None, "sexual_concern": int(concern)}


def _symptoms(story: Story) -> Fact:
    restart = last(story.of("restart"))
    held = story.of("symptom")
    held = [e for e in held if restart is None or e.place > restart.place]
    latest = {e.event.symptom: e for e in held}
    grades = {word: entry.event.grade for word, entry in latest.items()}
    unknown = [e for e in held if e.event.symptom not in SYMPTOMS]
    pair = [latest[w].day for w in ("headache", "visual_disturbance") if w in latest]
    near = len(pair) == 2 and abs((pair[0] - pair[1]).days) <= story.value(
        "side_effects.together_days"
    )
    return {
        **{f"symptom_{w}": grades.get(w, 0) for w in SYMPTOMS},
        "headache_with_visual_disturbance": int(near),
        "other_emergency": int(any(e.event.grade == 4 for e in unknown)),
    }


def _active(story: Story, condition: str) -> bool:
    said = last(e for e in story.of("condition") if e.event.condition == condition)
    return said is not None and said.event.status == "active"


def _takes(story: Story, group: str) -> bool:
    names = story.value(f"interactions.{_NAMES[group]}")
    routes = ("topical",) if group in _ON_THE_SKIN else ("oral", "other")
    held = [(e.event.route or "oral", e) for e in story.of("medicine")]
    return any(
        _started([e for way, e in held if way == route], name, names)
        for name in names
        for route in routes
    )


def _started(held: Iterable[Entry], name: str, names: Iterable[str]) -> bool:
    said = last(e for e in held if name in known_names(e.event.name, names))
    return said is not None and said.event.status == "started"


def known_names(said: str, names: Iterable[str]) -> list[str]:
    """The known names that stand as whole words in what was said: a salt does not matter."""
    words = _plain(said)
    spelt = {name: _plain(name) for name in names}
    lengths = {name: len(each) for name, each in spelt.items()}
    return [
        name
        for name in names
        if any(
            words[at : at + lengths[name]] == spelt[name]
            for at in range(len(words) - lengths[name] + 1)
        )
    ]


def _plain(text: str) -> list[str]:
    """The words of a name without capitals, accents and signs."""
    return re.findall(r"[^\W_]+", re.sub(r"[\u0300-\u036f]", "", normalize("NFKD", text.lower())))
