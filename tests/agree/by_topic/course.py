"""The course as a whole: age, stops, relapse, earlier courses, what was tried before."""

from tests.agree.by_topic.contraception import months
from tests.agree.by_topic.story import Fact, Story, last

from isocourse.words.codes import Severity, Stop
from isocourse.words.tokens import HISTORY_TOPICS

_FAILED = {
    "antibiotic_failed": "oral_antibiotic",
    "topical_failed": "topical",
    "hormonal_failed": "hormonal",
}


def facts(story: Story) -> Fact:
    """The facts of this topic."""
    age = months(story.course.patient.birth_date, story.asked)
    assert age is not None
    ended = story.earlier_last_dose
    return {
        "age_years": age // 12,
        **_stop(story),
        "earlier_course": int(ended is not None),
        "days_since_earlier_course": story.days_since(ended),
        "months_since_earlier_course": months(ended, story.asked),
        **_diagnosis(story),
        **_tried(story),
        "history_asked": _history(story),
    }


def _stop(story: Story) -> Fact:
    restart = last(story.of("restart"))
    since = story.entries if restart is None else story.after(restart)
    stop = last(e for e in since if e.kind == "stop")
    relapsed = {"relapsed": int(any(e.kind == "relapse" for e in since))}
    if stop is None:
        return {"stopped": 0, "stop_reason": None, "days_since_stop": None, **relapsed}
    return {
        "stopped": 1,
        "stop_reason": int(Stop[stop.event.reason.upper()]),
        "days_since_stop": story.days_since(stop.day),
        **relapsed,
    }


def _diagnosis(story: Story) -> Fact:
    said = last(story.of("diagnosis"))
    return {
        "severity": int(Severity[said.event.severity.upper()]) if said else None,
        "scarring": int(said is not None and said.event.scarring is True),
        "distress": int(said is not None and said.event.distress is True),
    }


def _tried(story: Story) -> Fact:
    tried = story.of("prior_treatment")

    def failed(treatment: str) -> bool:
        return any(e.event.treatment == treatment and e.event.outcome != "cleared" for e in tried)

    return {
        **{fact: int(failed(treatment)) for fact, treatment in _FAILED.items()},
        "isotretinoin_before": int(any(e.event.treatment == "isotretinoin" for e in tried)),
    }


def _history(story: Story) -> int:
    asked = {topic for e in story.of("history_review") for topic in e.event.topics}
    return sum(1 << bit for bit, topic in enumerate(HISTORY_TOPICS) if topic in asked)
