"""Forms and talks: enrolment, consent, counselling, comprehension, the registry's word."""

from tests.agree.by_topic.contraception import methods_of, months
from tests.agree.by_topic.hand_overs import new_starts, since_new_start
from tests.agree.by_topic.story import Entry, Fact, Story, combination, last
from tests.agree.by_topic.supply import newest_prescription
from tests.agree.by_topic.talks import talk

_FORMS = {
    "consent_general": "general",
    "consent_birth_defects": "birth_defects",
    "acknowledged_risk": "acknowledgement_of_risk",
    "care_agreement": "care_agreement",
}


def facts(story: Story) -> Fact:
    """The facts of this topic."""
    told = talk(story, "counselling", lambda entry: 1)
    answered = talk(story, "comprehension", lambda entry: int(entry.event.passed))
    return {
        **{
            f"{who}_enrolled": _enrolled(story, who)
            for who in ("patient", "prescriber", "pharmacy")
        },
        **{fact: _signed(story, form) for fact, form in _FORMS.items()},
        "guardian_missing": int(_guardian_missing(story)),
        "counselled": 1 if _talks(story, "counselling") else None,
        "counselled_for_next": told.for_next,
        "prescription_counselled": told.for_prescription,
        "comprehension_for_next": answered.for_next,
        "prescription_comprehension": answered.for_prescription,
        "comprehension_mismatch": int(_mismatch(story)),
        **_authorisation(story),
    }


def _enrolled(story: Story, who: str) -> int | None:
    said = last(e for e in story.of("enrolment") if e.event.who == who)
    return None if said is None else int(said.event.active)


def _signed(story: Story, form: str) -> int | None:
    return 1 if any(e.event.form == form for e in story.of("consent")) else None


def _guardian_missing(story: Story) -> bool:
    """Of each form: the guardian of a minor signs it at the same time or later."""
    missing: set[str] = set()
    for entry in story.of("consent"):
        if entry.event.by_guardian:
            missing.discard(entry.event.form)
        elif _is_minor(story, entry):
            missing.add(entry.event.form)
    return bool(missing & _asked(story))


_ASKED = {
    "general_consent": "general",
    "birth_defects_consent": "birth_defects",
    "acknowledgement_of_risk": "acknowledgement_of_risk",
    "care_agreement": "care_agreement",
}


def _asked(story: Story) -> set[str]:
    """The forms that somebody has to sign there."""
    if story.value("consent.any_consent") is not None:
        return set(_ASKED.values())
    return {f for name, f in _ASKED.items() if story.value(f"consent.{name}") is not None}


def _is_minor(story: Story, entry: Entry) -> bool:
    age = months(story.course.patient.birth_date, entry.day)
    assert age is not None
    return age < 12 * int(story.value("consent.adult_years"))


def _talks(story: Story, kind: str) -> list[Entry]:
    return [e for e in since_new_start(story, story.entries) if e.kind == kind]


def _mismatch(story: Story) -> bool:
    answers = last(_talks(story, "comprehension"))
    if answers is None or answers.event.contraception is None:
        return False
    entered = set(answers.event.contraception)
    same_time = [e for e in _talks(story, "comprehension") if e.event.at == answers.event.at]
    if any(set(e.event.contraception or entered) != entered for e in same_time):
        return True
    record = last(story.of("contraception"))
    if entered == {"abstinence"}:
        return record is None or record.event.methods is not None
    recorded = methods_of(record)
    if not entered <= recorded:
        return True
    return combination(story.rules, recorded) and not combination(story.rules, entered)


def _authorisation(story: Story) -> Fact:
    """Whether it stands; the last day it printed stays to be read, as the prescription does."""
    word = _newest_word(story)
    if word is None:
        return {"authorised": None, "authorisation_days_left": None}
    last_day = word.event.do_not_dispense_after
    left = None if last_day is None else (last_day - max(story.asked, story.asked_by_registry)).days
    return {"authorised": _stands(story, word), "authorisation_days_left": left}


def _stands(story: Story, word: Entry) -> int | None:
    """Forgotten at a new start; the registry may still say later that it took it back."""
    since, gone = story.after(word), new_starts(story, story.after(word))
    if gone:
        return 0 if any(_reverses(e, word) for e in story.after(gone[-1])) else None
    newest = newest_prescription(story)
    assert newest is not None
    name = newest.event.prescription_id
    back = any(e.kind == "return_to_stock" and e.event.prescription_id == name for e in since)
    return int(not back and not any(_reverses(e, word) for e in since))


def _reverses(entry: Entry, word: Entry) -> bool:
    reversal = entry.kind == "authorisation_reversed"
    return bool(reversal and entry.event.number == word.event.number)


def _newest_word(story: Story) -> Entry | None:
    """The registry's last authorisation of the newest prescription, while there is one."""
    newest = newest_prescription(story)
    if newest is None:
        return None
    after = story.after(newest)
    gone = new_starts(story, after)
    name = newest.event.prescription_id
    words = [
        e for e in after if e.kind == "authorisation" and (not gone or e.place < gone[0].place)
    ]
    return last(e for e in words if e.event.prescription_id in (None, name))
