"""The way of a course: time, doses, scores, lesions, blood and symptoms, read plainly."""

from datetime import date
from typing import Any

from tests.agree.by_topic.hand_overs import doses, is_new_start, standing
from tests.agree.by_topic.story import Entry, Fact, Story, last

from isocourse.words.tokens import SYMPTOMS

_INSTRUMENTS = ("phq-2", "phq-9", "gad-2", "gad-7", "dlqi", "asex")


def facts(story: Story) -> Fact:
    """The facts of this topic."""
    return {
        "days_since_start": story.days_since(_start(story)),
        "days_since_visit": _since(story, story.of("visit")),
        "days_since_weight": _since(story, story.of("weight")),
        "days_since_diagnosis": _since(story, story.of("diagnosis")),
        **_highest_dose(story),
        **_missed(story),
        "days_since_negative_test": _since(
            story, [e for e in story.of("pregnancy_test") if e.event.result == "negative"]
        ),
        **_blood(story),
        **_scores(story),
        "days_since_sexual_function": _since(
            story, [e for e in story.of("sexual_function") if e.event.assessed]
        ),
        **_lesions(story),
        **_symptoms(story),
    }


def _since(story: Story, entries: list[Entry]) -> int | None:
    return story.days_since(entries[-1].day) if entries else None


def _begun(story: Story, until: Entry | None) -> bool:
    """Whether treatment has begun just before an entry, or in the end."""
    return bool(standing(story, until) or doses(story, until))


def _start(story: Story) -> date | None:
    """The day since which treatment has been begun without being undone."""
    start = None
    for entry, after in zip(story.entries, [*story.entries[1:], None], strict=False):
        if not _begun(story, after):
            start = None
        elif start is None:
            start = entry.day
    return start


def _highest_dose(story: Story) -> Fact:
    highest: int | None = None
    day = None
    for entry, after in zip(story.entries, [*story.entries[1:], None], strict=False):
        if entry.kind == "dispense" and not entry.in_error:
            dose = _dose_of(story, entry)
            if dose is not None and dose > (highest or 0):
                highest, day = dose, entry.day
        if not _begun(story, after):
            highest, day = None, None
    return {"highest_dose": highest, "days_since_highest_dose": story.days_since(day)}


def _dose_of(story: Story, hand_over: Entry) -> int | None:
    """The dose of the newest prescription, when that is the one handed over."""
    era: list[Entry] = []
    for entry in story.before(hand_over):
        era = [] if is_new_start(story, entry) else [*era, entry]
    written = last(e for e in era if e.kind == "prescription")
    if written is None or written.event.prescription_id != hand_over.event.prescription_id:
        return None
    return int(written.event.daily_micrograms)


def _missed(story: Story) -> Fact:
    told = last(e for e in story.of("patient_report") if e.event.what == "missed_doses")
    count = None if told is None else told.event.count
    return {
        "missed_doses": 0 if told is None else (1 if count is None else count),
        "days_since_missed_doses": story.days_since(told.day if told else None),
    }


def _labs(story: Story, test: str) -> list[Entry]:
    return [e for e in story.of("lab") if e.event.test == test]


def _blood(story: Story) -> Fact:
    fats, alt, ck = (_labs(story, test) for test in ("triglycerides", "alt", "ck"))
    fasting = fats[-1].event.fasting if fats else None
    return {
        "triglycerides_before": fats[-2].event.amount if len(fats) > 1 else None,
        "triglycerides_fasting": None if fasting is None else int(fasting),
        "alt_before": alt[-2].event.amount if len(alt) > 1 else None,
        "ck": ck[-1].event.amount if ck else None,
        "ck_limit": ck[-1].event.limit_amount if ck else None,
        "days_since_ck": _since(story, ck),
        "days_since_glucose": _since(story, _labs(story, "glucose")),
    }


def _scores(story: Story) -> Fact:
    found: Fact = {}
    for name in _INSTRUMENTS:
        filled = [e for e in story.of("questionnaire") if e.event.instrument == name]
        key = name.replace("-", "_")
        found[key] = filled[-1].event.score if filled else None
        if name.startswith(("phq", "gad")):
            found[f"days_since_{key}"] = _since(story, filled)
    return found


def _lesions(story: Story) -> Fact:
    counted = story.of("lesions")
    grades = story.of("severity")
    nodules = [e for e in counted if e.event.nodules is not None]
    before = [e for e in nodules if not _begun(story, e)]
    at_start = before[-1] if before else (nodules[0] if nodules else None)
    return {
        **{name: _count(counted, name) for name in ("comedones", "papules_pustules", "nodules")},
        "nodules_at_start": at_start.event.nodules if at_start else None,
        **{scale: _grade(grades, scale) for scale in ("iga", "gags")},
        "days_clear": story.days_since(_clear_since(story)),
    }


def _count(counted: list[Entry], name: str) -> int | None:
    said = [getattr(e.event, name) for e in counted]
    known = [each for each in said if each is not None]
    return known[-1] if known else None


def _grade(grades: list[Entry], scale: str) -> int | None:
    held = [e for e in grades if e.event.scale == scale]
    return round(held[-1].event.score) if held else None


def _clear_since(story: Story) -> date | None:
    since = None
    for entry in story.of("lesions", "severity"):
        clear = _is_clear(entry.event)
        if clear is not None:
            since = (since or entry.day) if clear else None
    return since


def _is_clear(event: Any) -> bool | None:
    """Whether a finding shows clear or almost clear skin; None when it does not say."""
    if event.kind == "severity":
        return event.score <= 1 if event.scale in ("iga", "gea") else None
    if event.papules_pustules is None:
        return None
    return event.papules_pustules == 0 and not event.nodules


def _symptoms(story: Story) -> Fact:
    restart = last(story.of("restart"))
    held = [e for e in story.of("symptom") if restart is None or e.place > restart.place]
    latest = {e.event.symptom: e.day for e in held}
    return {f"days_since_symptom_{w}": story.days_since(latest.get(w)) for w in SYMPTOMS}
