"""What may happen in a course: how it opens, what is found, and what goes wrong."""

from collections.abc import Callable

from hypothesis import strategies as st
from tests.agree.author import Author

from isocourse.words import tokens

_MEDICINES = (
    "doxycycline",
    "doxycycline hyclate",
    "lymecycline",
    "tetracycline hydrochloride",
    "isotretinoin",
    "tretinoin",
    "vitamin a",
    "retinyl palmitate",
    "st john's wort",
    "phenytoin sodium",
    "carbamazepine",
    "prednisolone",
    "hydrocortisone acetate",
    "benzoyl peroxide",
    "salicylic acid",
    "paracetamol",
    "clindamycin + tretinoin",
    "alitretinoin",
    "methylprednisolone sodium succinate",
    "hydrocortisone",
    "vitamin a palmitate",
    "vitamin_a",
    "doxycycline (hyclate)",
    "oxytetracycline",
    "st. john's wort extract",
)
_WORDS = ("headache", "visual_disturbance", "abdominal_pain", "rash", "hiccups", "itch")


def opening(author: Author) -> None:
    """What is recorded before anything is prescribed."""
    able = author.pick(True, True, True, False)
    reason = None if able else author.pick("hysterectomy", "sterilised", "other", None)
    author.perhaps(9, author.add, "pregnancy_category", can_become_pregnant=able, reason=reason)
    author.perhaps(8, author.contraception)
    author.perhaps(7, author.add, "cycle", regular=author.pick(True, True, False))
    author.go(author.pick(0, 0, 29, 31))
    for who in tokens.ENROLLED:
        author.perhaps(6, author.add, "enrolment", who=who, active=True)
    for form in tokens.CONSENT_FORMS:
        guardian = author.pick(None, True, False)
        author.perhaps(5, author.add, "consent", form=form, by_guardian=guardian)
    author.perhaps(8, work_up, author)


def work_up(author: Author) -> None:
    """History, findings and blood."""
    for each in (_diagnosis, _tried, _weight, _lab, _lab, _mood, _skin, _skin, _history):
        author.perhaps(5, each, author)


def _diagnosis(author: Author) -> None:
    maybe = (None, True, False)
    severity = author.pick(*tokens.SEVERITIES)
    said = {"scarring": author.pick(*maybe), "distress": author.pick(*maybe)}
    author.add("diagnosis", severity=severity, **said)


def _tried(author: Author) -> None:
    treatment, outcome = author.pick(*tokens.TREATMENTS), author.pick(*tokens.OUTCOMES)
    author.add("prior_treatment", treatment=treatment, outcome=outcome)


def _weight(author: Author) -> None:
    if author.one_in(3):
        author.add("weight", value=author.pick(132.3, 140), unit="lb")
    else:
        author.add("weight", value=author.pick(60, 61.3, 72.55), unit="kg")


def _lab(author: Author) -> None:
    test = author.pick("alt", "alt", "ast", "triglycerides", "hdl", "ck", "glucose")
    fasting = author.pick(None, True, False)
    if test in tokens.ENZYMES:
        limit = author.pick(None, 35, 40, 50)
        value = author.pick(25, 105, 120, 121, 151, 300)
        author.add("lab", test=test, value=value, unit="U/L", upper_limit=limit)
    elif test == "triglycerides" and author.one_in(2):
        author.add("lab", test=test, value=author.pick(150, 801), unit="mg/dL", fasting=fasting)
    else:
        author.add("lab", test=test, value=author.pick(1.7, 9.01), unit="mmol/L")


def _mood(author: Author) -> None:
    if author.one_in(6):
        instrument = author.pick(*tokens.INSTRUMENTS)
        author.add("questionnaire", instrument=instrument, score=author.pick(5, 6))
    elif author.one_in(3):
        item = author.pick(None, 0, 1, 2)
        author.add("questionnaire", instrument="phq-9", score=author.pick(3, 12), item_9=item)
    elif author.one_in(3):
        said = {"assessed": not author.one_in(4), "concern": author.pick(True, False)}
        author.add("sexual_function", **said)
    else:
        concern = author.pick("none", *tokens.MENTAL_CONCERNS)
        who = author.pick(None, author.by())
        author.add("mental_health", assessed=not author.one_in(5), concern=concern, by=who)


def _skin(author: Author) -> None:
    if author.one_in(3):
        author.add("severity", scale=author.pick(*tokens.SCALES), score=author.pick(0, 1, 2, 4))
        return
    counts = {word: author.pick(None, 0, 0, 3) for word in ("comedones", "papules_pustules")}
    author.add("lesions", nodules=author.pick(0, 0, 2, 5), **counts)


def _history(author: Author) -> None:
    topics = st.lists(st.sampled_from(tokens.HISTORY_TOPICS), min_size=1, max_size=5)
    author.add("history_review", topics=author.draw(topics))


def _category(author: Author) -> None:
    reason = author.pick("hysterectomy", "hysterectomy", "sterilised", "other", None)
    said = {"can_become_pregnant": author.pick(True, False), "reason": reason}
    author.add("pregnancy_category", **said)


def _symptom(author: Author) -> None:
    author.add("symptom", symptom=author.pick(*_WORDS), grade=author.pick(1, 2, 3, 4))


def _medicine(author: Author) -> None:
    route = author.pick(None, *tokens.ROUTES)
    name, status = author.pick(*_MEDICINES), author.pick("started", "started", "stopped")
    author.add("medicine", name=name, status=status, route=route)


def _condition(author: Author) -> None:
    word = author.pick("depression", "diabetes", "lupus")
    author.add("condition", condition=word, status=author.pick("active", "resolved"))


def _allergy(author: Author) -> None:
    author.add("allergy", substance=author.pick("soya", "tartrazine", "parabens", "pollen"))


def _pregnant(author: Author) -> None:
    how = author.pick("pregnancy", "condition", "test", "stop")
    if how == "condition":
        author.add("condition", condition="pregnancy", status="active")
    elif how == "test":
        setting = author.pick("home", "clinic")
        author.add("pregnancy_test", result="positive", specimen="serum", setting=setting)
    elif how == "stop":
        author.add("stop", reason="pregnancy")
    else:
        author.add("pregnancy")


def _resolved(author: Author) -> None:
    who = author.pick(None, author.by(), {"role": "dermatologist"})
    author.add("condition", condition="pregnancy", status="resolved", by=who)


def _pregnant_and_over(author: Author) -> None:
    _pregnant(author)
    author.go(author.pick(0, 0, 10, 40))
    _resolved(author)


def _brought_back_when_pregnant(author: Author) -> None:
    """Pregnant, and the capsules come back: before a prescriber records the end of it, or after."""
    author.dispense()
    _pregnant(author)
    name = author.last("dispense", "prescription_id")
    for step in author.draw(st.permutations((_resolved, None))):
        author.go(author.pick(0, 2))
        if step is None:
            author.add("return_to_stock", prescription_id=name)
        else:
            step(author)


def _brought_back_twice(author: Author) -> None:
    name = author.last("prescription", "prescription_id")
    for _ in range(2):
        author.add("dispense", prescription_id=name, days=author.pick(28, 30))
    for _ in range(author.pick(1, 2)):
        author.go(author.pick(0, 1))
        author.add("return_to_stock", prescription_id=name)


def _report(author: Author) -> None:
    said = {"what": author.pick(*tokens.REPORTS), "count": author.pick(None, 1, 5)}
    author.add("patient_report", **said)


def _stop(author: Author) -> None:
    author.add("stop", reason=author.pick(*tokens.STOP_REASONS))


def _restart(author: Author) -> None:
    author.add("restart")


def _relapse(author: Author) -> None:
    author.add("relapse", definition=author.pick(*tokens.RELAPSE_DEFINITIONS))


def _taken(author: Author) -> None:
    until = author.pick(None, author.near(3, 20))
    author.add("taken", daily_dose=author.pick(0, 20, 40), unit="mg/day", until=until)


def _names_prescription(author: Author) -> None:
    kind = author.pick("return_to_stock", "return_to_stock", "cancel")
    author.add(kind, prescription_id=author.last("prescription", "prescription_id"))


def _reversed(author: Author) -> None:
    author.add("authorisation_reversed", number=author.last("authorisation", "number"))


def _enrolment(author: Author) -> None:
    author.add("enrolment", who=author.pick(*tokens.ENROLLED), active=author.pick(True, False))


def _agreement(author: Author) -> None:
    author.add("prescriber_agreement", prescriber=author.pick("a", "b", "c"), role="dermatologist")


def _menses(author: Author) -> None:
    author.add("menses")


def _cycle(author: Author) -> None:
    author.add("cycle", regular=author.pick(True, False))


INCIDENTS: tuple[Callable[[Author], None], ...] = (
    *(_category, _category, _symptom, _symptom, _medicine, _medicine, _condition, _allergy),
    *(_pregnant, _resolved, _pregnant_and_over, _pregnant_and_over, _report, _report),
    *(_brought_back_when_pregnant, _brought_back_twice),
    *(_stop, _restart, _relapse, _taken, _taken, _names_prescription, _names_prescription),
    *(_names_prescription, _reversed, _enrolment, _agreement, _menses, _cycle, work_up),
    *(Author.test, Author.test, Author.contraception, Author.contraception, Author.dispense),
    *(Author.dispense, Author.prescription, Author.authorisation, Author.comprehension),
    *(Author.visit, Author.visit, _skin),
)
