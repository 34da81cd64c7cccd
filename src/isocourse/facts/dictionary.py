"""What each fact behind the gates holds, in one line each."""

from isocourse.facts.column import FLAG, Column, may_be_unknown, no_unless_recorded

_PERSON = (
    may_be_unknown(
        "age_years", "years", "Completed years of age on the day asked.", "the birth date"
    ),
    may_be_unknown(
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
    no_unless_recorded(
        "category_reason_refused",
        "The category says cannot become pregnant, with a reason the place does not accept.",
    ),
)

_PREGNANCY = (
    no_unless_recorded(
        "positive_test", "A pregnancy test was positive and no prescriber recorded an end of it."
    ),
    no_unless_recorded(
        "pregnancy_known", "A pregnancy was recorded and no prescriber recorded an end of it."
    ),
    no_unless_recorded(
        "pregnancy_in_doubt",
        "A missed period or unprotected contact was reported, and no negative test since.",
    ),
    may_be_unknown(
        "days_since_accepted_test",
        "days",
        "Days from the collection of the newest negative pregnancy test that counts.",
        "a negative pregnancy test that counts here",
    ),
    no_unless_recorded(
        "accepted_test_used", "Capsules were already handed over on the newest test that counts."
    ),
    no_unless_recorded(
        "test_fault", "Why the newest negative test does not count (0: it does).", "code TestFault"
    ),
    may_be_unknown(
        "cycle_regular", FLAG, "Menstrual cycles are regular.", "whether cycles are regular"
    ),
)

_CONTRACEPTION = (
    may_be_unknown(
        "contraception_accepted",
        FLAG,
        "The methods recorded last are a combination that the place accepts.",
        "contraception",
    ),
    may_be_unknown(
        "days_of_contraception",
        "days",
        "Days of unbroken accepted contraception up to the day asked.",
        "contraception with the day since when it is used",
    ),
    may_be_unknown(
        "months_of_contraception",
        "months",
        "Completed calendar months of unbroken accepted contraception.",
        "contraception with the day since when it is used",
    ),
    no_unless_recorded("abstinent", "Abstinence was recorded last instead of methods."),
    no_unless_recorded("abstinence_agreed", "A prescriber agreed to the abstinence."),
    no_unless_recorded("progestogen_only_pill", "The methods hold a progestogen-only pill."),
    no_unless_recorded("two_primary_forms", "The methods rest on primary forms alone."),
    no_unless_recorded(
        "relies_on_hormones", "Without hormonal methods the combination would not be accepted."
    ),
)

_FORMS = (
    may_be_unknown("patient_enrolled", FLAG, "The patient is enrolled.", "the patient's enrolment"),
    may_be_unknown(
        "prescriber_enrolled", FLAG, "The prescriber is enrolled.", "the prescriber's enrolment"
    ),
    may_be_unknown(
        "pharmacy_enrolled", FLAG, "The pharmacy is enrolled.", "the pharmacy's enrolment"
    ),
    may_be_unknown("consent_general", FLAG, "The general consent is signed.", "general consent"),
    may_be_unknown(
        "consent_birth_defects",
        FLAG,
        "The consent about birth defects is signed.",
        "consent about birth defects",
    ),
    may_be_unknown(
        "acknowledged_risk",
        FLAG,
        "The acknowledgement of risk is signed.",
        "the acknowledgement of risk",
    ),
    may_be_unknown("care_agreement", FLAG, "The care agreement is signed.", "the care agreement"),
    no_unless_recorded(
        "guardian_missing", "A consent was signed by a minor alone, and no guardian signed since."
    ),
    may_be_unknown("counselled", FLAG, "The patient was ever counselled.", "counselling"),
    may_be_unknown(
        "counselled_for_next",
        FLAG,
        "Counselled since the newest prescription was written and not for it: for the next one.",
        "counselling for a new prescription",
    ),
    may_be_unknown(
        "prescription_counselled",
        FLAG,
        "Counselled for the newest prescription: since the one before it was written.",
        "counselling for this prescription",
    ),
    may_be_unknown(
        "comprehension_for_next",
        FLAG,
        "The comprehension questions for the next prescription were passed.",
        "the comprehension questions for a new prescription",
    ),
    may_be_unknown(
        "prescription_comprehension",
        FLAG,
        "The comprehension questions for the newest prescription were passed.",
        "the comprehension questions for this prescription",
    ),
    no_unless_recorded(
        "comprehension_mismatch",
        "The contraception the patient entered is not what the prescriber recorded.",
    ),
    may_be_unknown(
        "authorised",
        FLAG,
        "The registry authorised the newest prescription and did not take it back.",
        "the registry's authorisation of this prescription",
    ),
    may_be_unknown(
        "authorisation_days_left",
        "days",
        "Days until the last day that the registry printed; none printed adds no limit.",
        "",
    ),
)

_PRESCRIPTION = (
    no_unless_recorded("begun", "A first dose was handed over or taken."),
    no_unless_recorded(
        "begun_by_wrong_role",
        "Everything handed over was written by roles that may not begin treatment at the place.",
    ),
    no_unless_recorded("prescription_open", "The newest prescription can still be handed over."),
    no_unless_recorded("prescription_first", "It is for the first supply of this treatment."),
    may_be_unknown(
        "days_since_prescription", "days", "Days since the newest prescription.", "a prescription"
    ),
    may_be_unknown(
        "days_since_prescribing_visit",
        "days",
        "Days since the visit behind the newest prescription (without one: since it was written).",
        "a visit",
    ),
    may_be_unknown("prescription_days", "days", "Days of treatment prescribed.", "the days"),
    no_unless_recorded("prescription_refills", "Refills prescribed.", "refills"),
    may_be_unknown(
        "quantity_days", "days", "Days that the prescribed capsules last at the daily dose.", ""
    ),
    no_unless_recorded(
        "loose_capsules", "The capsules prescribed do not come out in whole packs of the place."
    ),
    may_be_unknown("daily_dose", "µg/day", "Daily dose prescribed.", "the daily dose"),
    may_be_unknown("doses_per_day", "doses", "Doses a day prescribed.", ""),
    no_unless_recorded("micronised", "The capsules prescribed are micronised."),
    no_unless_recorded("contains_soya", "The product prescribed contains soya."),
    no_unless_recorded("contains_parabens", "The product prescribed contains parabens."),
    no_unless_recorded("contains_tartrazine", "The capsule prescribed contains tartrazine."),
    may_be_unknown("prescription_role", "code Role", "Who wrote the newest prescription.", ""),
    may_be_unknown("visit_role", "code Role", "Who saw the patient last.", ""),
    may_be_unknown(
        "prescription_test_age",
        "days",
        "Days from the accepted test to the newest prescription.",
        "a negative pregnancy test that counts for this prescription",
    ),
    may_be_unknown(
        "days_since_prescription_test",
        "days",
        "Days since the accepted test that was the newest when the prescription was written.",
        "a negative pregnancy test that counts and was made before this prescription",
    ),
    no_unless_recorded(
        "prescribing_visit_remote", "The visit behind the newest prescription was remote."
    ),
    no_unless_recorded(
        "prescription_test_used",
        "Capsules were already handed over on the test behind the newest prescription.",
    ),
    may_be_unknown(
        "certified_test_age",
        "days",
        "Days from the accepted test to the certified day (or the prescription without one).",
        "a negative pregnancy test that counts for this prescription",
    ),
    may_be_unknown(
        "days_since_certified",
        "days",
        "Days since non-pregnancy was certified (without that day: since the accepted test).",
        "the day non-pregnancy was certified",
    ),
    no_unless_recorded("certified_day_missing", "The prescription names no certified day."),
    no_unless_recorded("prescribers_agreed", "Distinct prescribers who agreed.", "prescribers"),
    may_be_unknown(
        "seen_in_person", FLAG, "Seen in person during this course.", "a visit in person"
    ),
    no_unless_recorded("last_visit_remote", "The last visit was remote."),
    no_unless_recorded("visits", "Days with a visit.", "days"),
)

_SUPPLY = (
    may_be_unknown(
        "days_of_supply_left",
        "days",
        "Days from the day asked to the last day for which capsules were handed over.",
        "a hand-over",
    ),
)

_BODY = (
    may_be_unknown("weight", "g", "Body weight recorded last.", "the weight"),
    may_be_unknown(
        "weight_per_mille_of_previous", "1/1000", "Last weight against the one before.", ""
    ),
    may_be_unknown("triglycerides", "µmol/L", "Triglycerides recorded last.", "triglycerides"),
    may_be_unknown("alt", "mU/L", "ALT recorded last.", "ALT"),
    may_be_unknown("ast", "mU/L", "AST recorded last.", "AST"),
    may_be_unknown("alt_limit", "mU/L", "Upper limit of normal of that ALT.", ""),
    may_be_unknown("ast_limit", "mU/L", "Upper limit of normal of that AST.", ""),
    no_unless_recorded("alt_high_in_a_row", "Successive high ALT results.", "results"),
    no_unless_recorded("ast_high_in_a_row", "Successive high AST results.", "results"),
    may_be_unknown("days_since_lipids", "days", "Days since triglycerides.", "triglycerides"),
    may_be_unknown("days_since_liver", "days", "Days since ALT.", "ALT"),
)

_MIND = (
    may_be_unknown(
        "mental_health_assessed", FLAG, "Mental health was ever assessed.", "mental health"
    ),
    may_be_unknown(
        "days_since_mental_health",
        "days",
        "Days since mental health was assessed.",
        "mental health",
    ),
    no_unless_recorded(
        "mind_concern", "A concern that closes, not yet cleared by a prescriber.", "code Concern"
    ),
    no_unless_recorded(
        "item_nine", "PHQ-9 item 9 above zero, not yet cleared by a prescriber.", "score"
    ),
    no_unless_recorded("low_mood", "The last look at mental health found low mood."),
    may_be_unknown(
        "sexual_function_assessed", FLAG, "Sexual function was ever assessed.", "sexual function"
    ),
    no_unless_recorded("sexual_concern", "A concern about sexual function was recorded last."),
)

_COURSE = (
    no_unless_recorded("stopped", "Treatment was stopped and not restarted."),
    may_be_unknown("stop_reason", "code Stop", "Why treatment was stopped.", ""),
    may_be_unknown("days_since_stop", "days", "Days since treatment was stopped.", ""),
    no_unless_recorded("relapsed", "A relapse was recorded, and no restart since."),
    no_unless_recorded("earlier_course", "There was an earlier course of isotretinoin."),
    no_unless_recorded(
        "isotretinoin_before", "Isotretinoin is among the earlier treatments recorded."
    ),
    may_be_unknown(
        "days_since_earlier_course",
        "days",
        "Days since the last dose of the earlier course.",
        "when the earlier course ended",
    ),
    may_be_unknown(
        "months_since_earlier_course",
        "months",
        "Completed calendar months since the last dose of the earlier course.",
        "when the earlier course ended",
    ),
    may_be_unknown("severity", "code Severity", "Severity of the acne.", "the diagnosis"),
    no_unless_recorded("scarring", "The acne scars or threatens to."),
    no_unless_recorded("distress", "The acne causes distress."),
    no_unless_recorded("antibiotic_failed", "Oral antibiotics did not clear it."),
    no_unless_recorded("topical_failed", "Topical treatment did not clear it."),
    no_unless_recorded("hormonal_failed", "Hormonal treatment did not clear it."),
    no_unless_recorded(
        "headache_with_visual_disturbance", "Headache and visual disturbance close together."
    ),
    no_unless_recorded("other_emergency", "A symptom of grade 4 that no rule names."),
    no_unless_recorded("history_asked", "What was asked about.", "mask of topics"),
)

GATE = (
    *_PERSON,
    *_PREGNANCY,
    *_CONTRACEPTION,
    *_FORMS,
    *_PRESCRIPTION,
    *_SUPPLY,
    *_BODY,
    *_MIND,
    *_COURSE,
)
"""The facts that gates rest on, but those of the open lists of words."""
