"""The data dictionary: every fact that a rule may read, in one line each.

A fact is a whole number or not known (NULL). `absent` says what stands there when nothing was
recorded: NULL where silence tells nothing, 0 where the contract lets silence mean no.
"""

from dataclasses import dataclass
from functools import cache

from isocourse.words.codes import MEDICINE_CLASSES, NULL
from isocourse.words.tokens import CONDITIONS, SUBSTANCES, SYMPTOMS

FLAG = "yes/no"


@dataclass(frozen=True, slots=True)
class Column:
    """One fact: its name, unit, what it holds, and what to record when it is missing."""

    name: str
    unit: str
    says: str
    ask: str
    absent: int


def _may_be_unknown(name: str, unit: str, says: str, ask: str) -> Column:
    return Column(name, unit, says, ask, NULL)


def _no_unless_recorded(name: str, says: str, unit: str = FLAG) -> Column:
    return Column(name, unit, says, "", 0)


_PERSON = (
    _may_be_unknown("age_years", "years", "Completed years of age on the day asked.", "the birth date"),
    _may_be_unknown(
        "pregnancy_category",
        FLAG,
        "Recorded as able to become pregnant; no only with a reason the place accepts.",
        "the pregnancy category",
    ),
    Column(
        "can_become_pregnant",
        FLAG,
        "Treated as able to become pregnant: yes unless the category shows otherwise.",
        "",
        1,
    ),
    _no_unless_recorded(
        "category_reason_refused",
        "The category says cannot become pregnant, with a reason the place does not accept.",
    ),
)

_PREGNANCY = (
    _no_unless_recorded(
        "positive_test", "A pregnancy test was positive and no prescriber recorded an end of it."
    ),
    _no_unless_recorded(
        "pregnancy_known", "A pregnancy was recorded and no prescriber recorded an end of it."
    ),
    _no_unless_recorded(
        "pregnancy_in_doubt",
        "A missed period or unprotected contact was reported, with no accepted negative test since.",
    ),
    _may_be_unknown(
        "days_since_accepted_test",
        "days",
        "Days from the collection of the newest negative pregnancy test that counts.",
        "a negative pregnancy test that counts here",
    ),
    _no_unless_recorded(
        "accepted_test_used", "Capsules were already handed over on the newest test that counts."
    ),
    _no_unless_recorded(
        "test_fault", "Why the newest negative test does not count (0: it does).", "code TestFault"
    ),
    _may_be_unknown(
        "cycle_regular", FLAG, "Menstrual cycles are regular.", "whether cycles are regular"
    ),
)

_CONTRACEPTION = (
    _may_be_unknown(
        "contraception_accepted",
        FLAG,
        "The methods recorded last are a combination that the place accepts.",
        "contraception",
    ),
    _may_be_unknown(
        "days_of_contraception",
        "days",
        "Days of unbroken accepted contraception up to the day asked.",
        "contraception with the day since when it is used",
    ),
    _may_be_unknown(
        "months_of_contraception",
        "months",
        "Completed calendar months of unbroken accepted contraception.",
        "contraception with the day since when it is used",
    ),
    _no_unless_recorded("abstinent", "Abstinence was recorded last instead of methods."),
    _no_unless_recorded("abstinence_agreed", "A prescriber agreed to the abstinence."),
    _no_unless_recorded("progestogen_only_pill", "The methods hold a progestogen-only pill."),
    _no_unless_recorded("two_primary_forms", "The methods rest on primary forms alone."),
    _no_unless_recorded(
        "relies_on_hormones", "Without hormonal methods the combination would not be accepted."
    ),
)

_FORMS = (
    _may_be_unknown("patient_enrolled", FLAG, "The patient is enrolled.", "the patient's enrolment"),
    _may_be_unknown(
        "prescriber_enrolled", FLAG, "The prescriber is enrolled.", "the prescriber's enrolment"
    ),
    _may_be_unknown(
        "pharmacy_enrolled", FLAG, "The pharmacy is enrolled.", "the pharmacy's enrolment"
    ),
    _may_be_unknown("consent_general", FLAG, "The general consent is signed.", "general consent"),
    _may_be_unknown(
        "consent_birth_defects",
        FLAG,
        "The consent about birth defects is signed.",
        "consent about birth defects",
    ),
    _may_be_unknown(
        "acknowledged_risk",
        FLAG,
        "The acknowledgement of risk is signed.",
        "the acknowledgement of risk",
    ),
    _may_be_unknown("care_agreement", FLAG, "The care agreement is signed.", "the care agreement"),
    _no_unless_recorded(
        "guardian_missing", "A consent was signed by a minor alone, and no guardian signed since."
    ),
    _may_be_unknown("counselled", FLAG, "The patient was ever counselled.", "counselling"),
    _may_be_unknown(
        "counselled_for_next",
        FLAG,
        "Counselled since the newest prescription was written and not for it: for the next one.",
        "counselling for a new prescription",
    ),
    _may_be_unknown(
        "prescription_counselled",
        FLAG,
        "Counselled for the newest prescription: since the one before it was written.",
        "counselling for this prescription",
    ),
    _may_be_unknown(
        "comprehension_for_next",
        FLAG,
        "The comprehension questions for the next prescription were passed.",
        "the comprehension questions for a new prescription",
    ),
    _may_be_unknown(
        "prescription_comprehension",
        FLAG,
        "The comprehension questions for the newest prescription were passed.",
        "the comprehension questions for this prescription",
    ),
    _no_unless_recorded(
        "comprehension_mismatch",
        "The contraception the patient entered is not what the prescriber recorded.",
    ),
    _may_be_unknown(
        "authorised",
        FLAG,
        "The registry authorised the newest prescription and did not take it back.",
        "the registry's authorisation of this prescription",
    ),
    _may_be_unknown(
        "authorisation_days_left",
        "days",
        "Days until the last day that the registry printed; none printed adds no limit.",
        "",
    ),
)

_PRESCRIPTION = (
    _no_unless_recorded("begun", "A first dose was handed over or taken."),
    _no_unless_recorded("prescription_open", "The newest prescription can still be handed over."),
    _no_unless_recorded("prescription_first", "It is for the first supply of this treatment."),
    _may_be_unknown(
        "days_since_prescription", "days", "Days since the newest prescription.", "a prescription"
    ),
    _may_be_unknown(
        "days_since_prescribing_visit",
        "days",
        "Days since the visit behind the newest prescription (without one: since it was written).",
        "a visit",
    ),
    _may_be_unknown("prescription_days", "days", "Days of treatment prescribed.", "the days"),
    _no_unless_recorded("prescription_refills", "Refills prescribed.", "refills"),
    _may_be_unknown(
        "quantity_days", "days", "Days that the prescribed capsules last at the daily dose.", ""
    ),
    _no_unless_recorded(
        "loose_capsules", "The capsules prescribed do not come out in whole packs of the place."
    ),
    _may_be_unknown("daily_dose", "µg/day", "Daily dose prescribed.", "the daily dose"),
    _may_be_unknown("doses_per_day", "doses", "Doses a day prescribed.", ""),
    _no_unless_recorded("micronised", "The capsules prescribed are micronised."),
    _no_unless_recorded("contains_soya", "The product prescribed contains soya."),
    _no_unless_recorded("contains_parabens", "The product prescribed contains parabens."),
    _no_unless_recorded("contains_tartrazine", "The capsule prescribed contains tartrazine."),
    _may_be_unknown("prescription_role", "code Role", "Who wrote the newest prescription.", ""),
    _may_be_unknown("visit_role", "code Role", "Who saw the patient last.", ""),
    _may_be_unknown(
        "prescription_test_age",
        "days",
        "Days from the accepted test to the newest prescription.",
        "a negative pregnancy test that counts for this prescription",
    ),
    _may_be_unknown(
        "days_since_prescription_test",
        "days",
        "Days since the accepted test that was the newest when the prescription was written.",
        "a negative pregnancy test that counts and was made before this prescription",
    ),
    _no_unless_recorded(
        "prescribing_visit_remote", "The visit behind the newest prescription was remote."
    ),
    _no_unless_recorded(
        "prescription_test_used", "The accepted test had served a hand-over before this prescription."
    ),
    _may_be_unknown(
        "certified_test_age",
        "days",
        "Days from the accepted test to the certified day (or the prescription without one).",
        "a negative pregnancy test that counts for this prescription",
    ),
    _may_be_unknown(
        "days_since_certified",
        "days",
        "Days since non-pregnancy was certified (without that day: since the accepted test).",
        "the day non-pregnancy was certified",
    ),
    _no_unless_recorded("certified_day_missing", "The prescription names no certified day."),
    _no_unless_recorded("prescribers_agreed", "Distinct prescribers who agreed.", "prescribers"),
    _may_be_unknown(
        "seen_in_person", FLAG, "Seen in person during this course.", "a visit in person"
    ),
    _no_unless_recorded("last_visit_remote", "The last visit was remote."),
    _no_unless_recorded("visits", "Days with a visit.", "days"),
)

_SUPPLY = (
    _may_be_unknown(
        "days_of_supply_left",
        "days",
        "Days from the day asked to the last day for which capsules were handed over.",
        "a hand-over",
    ),
)

_BODY = (
    _may_be_unknown("weight", "g", "Body weight recorded last.", "the weight"),
    _may_be_unknown(
        "weight_per_mille_of_previous", "1/1000", "Last weight against the one before.", ""
    ),
    _may_be_unknown("triglycerides", "µmol/L", "Triglycerides recorded last.", "triglycerides"),
    _may_be_unknown("alt", "mU/L", "ALT recorded last.", "ALT"),
    _may_be_unknown("ast", "mU/L", "AST recorded last.", "AST"),
    _may_be_unknown("alt_limit", "mU/L", "Upper limit of normal of that ALT.", ""),
    _may_be_unknown("ast_limit", "mU/L", "Upper limit of normal of that AST.", ""),
    _no_unless_recorded("alt_high_in_a_row", "Successive high ALT results.", "results"),
    _no_unless_recorded("ast_high_in_a_row", "Successive high AST results.", "results"),
    _may_be_unknown("days_since_lipids", "days", "Days since triglycerides.", "triglycerides"),
    _may_be_unknown("days_since_liver", "days", "Days since ALT.", "ALT"),
)

_MIND = (
    _may_be_unknown(
        "mental_health_assessed", FLAG, "Mental health was ever assessed.", "mental health"
    ),
    _may_be_unknown(
        "days_since_mental_health", "days", "Days since mental health was assessed.", "mental health"
    ),
    _no_unless_recorded(
        "mind_concern", "A concern that closes, not yet cleared by a prescriber.", "code Concern"
    ),
    _no_unless_recorded(
        "item_nine", "PHQ-9 item 9 above zero, not yet cleared by a prescriber.", "score"
    ),
    _no_unless_recorded("low_mood", "The last look at mental health found low mood."),
    _may_be_unknown(
        "sexual_function_assessed", FLAG, "Sexual function was ever assessed.", "sexual function"
    ),
    _no_unless_recorded("sexual_concern", "A concern about sexual function was recorded last."),
)

_COURSE = (
    _no_unless_recorded("stopped", "Treatment was stopped and not restarted."),
    _may_be_unknown("stop_reason", "code Stop", "Why treatment was stopped.", ""),
    _may_be_unknown("days_since_stop", "days", "Days since treatment was stopped.", ""),
    _no_unless_recorded("relapsed", "A relapse was recorded after the stop."),
    _no_unless_recorded("earlier_course", "There was an earlier course of isotretinoin."),
    _no_unless_recorded(
        "isotretinoin_before", "Isotretinoin is among the earlier treatments recorded."
    ),
    _may_be_unknown(
        "days_since_earlier_course",
        "days",
        "Days since the last dose of the earlier course.",
        "when the earlier course ended",
    ),
    _may_be_unknown(
        "months_since_earlier_course",
        "months",
        "Completed calendar months since the last dose of the earlier course.",
        "when the earlier course ended",
    ),
    _may_be_unknown("severity", "code Severity", "Severity of the acne.", "the diagnosis"),
    _no_unless_recorded("scarring", "The acne scars or threatens to."),
    _no_unless_recorded("distress", "The acne causes distress."),
    _no_unless_recorded("antibiotic_failed", "Oral antibiotics did not clear it."),
    _no_unless_recorded("topical_failed", "Topical treatment did not clear it."),
    _no_unless_recorded("hormonal_failed", "Hormonal treatment did not clear it."),
    _no_unless_recorded(
        "headache_with_visual_disturbance", "Headache and visual disturbance close together."
    ),
    _no_unless_recorded("other_emergency", "A symptom of grade 4 that no rule names."),
    _no_unless_recorded("history_asked", "What was asked about.", "mask of topics"),
)


def _words(word: str) -> str:
    return word.replace("_", " ")


@cache
def columns() -> tuple[Column, ...]:
    """Every column in the order of the facts record."""
    open_lists = (
        [_no_unless_recorded(f"condition_{w}", f"Active condition: {_words(w)}.") for w in CONDITIONS]
        + [_no_unless_recorded(f"allergy_{w}", f"Allergy: {_words(w)}.") for w in SUBSTANCES]
        + [_no_unless_recorded(f"takes_{w}", f"Takes {_words(w)}.") for w in MEDICINE_CLASSES]
        + [
            _no_unless_recorded(
                f"symptom_{w}", f"Grade of {_words(w)} reported last since any restart.", "grade"
            )
            for w in SYMPTOMS
        ]
    )
    groups = (_PERSON, _PREGNANCY, _CONTRACEPTION, _FORMS, _PRESCRIPTION, _SUPPLY, _BODY, _MIND, _COURSE)
    return tuple(column for group in groups for column in group) + tuple(open_lists)


@cache
def column(name: str) -> Column:
    """The column with this name."""
    found = {each.name: each for each in columns()}
    return found[name]
