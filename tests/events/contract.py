"""The contract's table of kinds, written out once more, apart from the code held against it.

`FIELDS` names the fields of each kind (? = optional), `CLOSED` the words of each closed list and
`FULL` gives examples that, together, use every field of a kind.
"""

from typing import Any

FIELDS = {
    "pregnancy_category": "can_become_pregnant reason?",
    "diagnosis": "severity scarring? distress?",
    "prior_treatment": "treatment weeks? outcome cumulative_mg_per_kg?",
    "condition": "condition status",
    "allergy": "substance",
    "medicine": "name status route?",
    "history_review": "topics",
    "weight": "value unit",
    "enrolment": "who active",
    "consent": "form by_guardian?",
    "counselling": "topics?",
    "comprehension": "passed contraception?",
    "menses": "",
    "cycle": "regular",
    "pregnancy_test": "result specimen setting falsification_safeguard?",
    "contraception": "methods? abstinence? agreed_by_prescriber?",
    "lesions": "comedones? papules_pustules? nodules?",
    "severity": "scale score",
    "lab": "test value unit upper_limit? fasting?",
    "questionnaire": "instrument score item_9?",
    "mental_health": "assessed concern",
    "sexual_function": "assessed concern",
    "symptom": "symptom grade",
    "visit": "mode role?",
    "prescriber_agreement": "prescriber role",
    "prescription": (
        "prescription_id certified_on? daily_dose unit doses_per_day? days_on? cycle_days? days "
        "refills? formulation? product? capsule_mg? quantity? capsules? role?"
    ),
    "authorisation": "number prescription_id? do_not_dispense_after?",
    "authorisation_reversed": "number",
    "cancel": "prescription_id",
    "return_to_stock": "prescription_id",
    "dispense": "prescription_id days quantity? capsule_mg? capsules?",
    "taken": "daily_dose unit until?",
    "patient_report": "what count?",
    "document": "ref sha256 title?",
    "relapse": "definition",
    "stop": "reason",
    "restart": "",
    "pregnancy": "",
    "retract": "event",
}

METHODS = (
    "tubal_sterilisation partner_vasectomy copper_iud hormonal_ius implant injection patch "
    "vaginal_ring combined_pill progestogen_only_pill male_condom female_condom "
    "diaphragm_spermicide cervical_cap_spermicide sponge fertility_awareness withdrawal"
)
CLOSED = {
    ("pregnancy_category", "reason"): (
        "cisgender_male hysterectomy bilateral_oophorectomy post_menopausal sterilised "
        "pre_menarche other"
    ),
    ("diagnosis", "severity"): "mild moderate severe nodular conglobate fulminans",
    ("prior_treatment", "treatment"): "oral_antibiotic topical hormonal isotretinoin",
    ("prior_treatment", "outcome"): "failed partial not_tolerated cleared",
    ("condition", "status"): "active resolved",
    ("medicine", "status"): "started stopped",
    ("medicine", "route"): "oral topical other",
    ("enrolment", "who"): "patient prescriber pharmacy",
    ("consent", "form"): "general birth_defects acknowledgement_of_risk care_agreement",
    ("pregnancy_test", "result"): "negative positive invalid",
    ("pregnancy_test", "specimen"): "urine serum",
    ("pregnancy_test", "setting"): "laboratory clinic supervised_remote home pharmacy",
    ("mental_health", "concern"): "none low_mood suicidal_thoughts psychosis aggression",
    ("visit", "mode"): "in_person remote",
    ("prescription", "unit"): "mg/day",
    ("prescription", "formulation"): "conventional lidose micronised",
    ("taken", "unit"): "mg/day",
    ("patient_report", "what"): "missed_period missed_doses unprotected_contact other",
    ("relapse", "definition"): "any_prescription systemic_treatment second_course clinician",
    ("stop", "reason"): "completed clear side_effect pregnancy patient_choice other",
}
"""Closed lists of one word; those on which other fields depend stand in the tests of values."""

_ROLES = "dermatologist specialist_nurse gp prescriber nurse midwife pharmacist"
OPEN = {
    ("condition", "condition"): (
        "hepatic_insufficiency renal_insufficiency hyperlipidaemia hypervitaminosis_a diabetes "
        "inflammatory_bowel_disease depression suicide_attempt osteoporosis breastfeeding "
        "pregnancy pcos"
    ),
    ("allergy", "substance"): "isotretinoin vitamin_a soya peanut parabens tartrazine",
    ("symptom", "symptom"): (
        "cheilitis dry_skin dry_eyes nosebleed myalgia arthralgia headache visual_disturbance "
        "night_blindness hearing_loss abdominal_pain bloody_diarrhoea rash blistering_rash flare "
        "fatigue"
    ),
    ("visit", "role"): _ROLES,
    ("prescriber_agreement", "role"): _ROLES,
    ("prescription", "role"): _ROLES,
    ("medicine", "name"): "doxycycline",
}

_DOSE = {"daily_dose": 40, "unit": "mg/day"}
_STRENGTHS = [{"mg": 20, "quantity": 30}, {"mg": 10, "quantity": 30}]
FULL: dict[str, list[dict[str, Any]]] = {
    "pregnancy_category": [{"can_become_pregnant": False, "reason": "hysterectomy"}],
    "diagnosis": [{"severity": "nodular", "scarring": True, "distress": False}],
    "prior_treatment": [
        {
            "treatment": "isotretinoin",
            "weeks": 20,
            "outcome": "cleared",
            "cumulative_mg_per_kg": 118.5,
        }
    ],
    "condition": [{"condition": "depression", "status": "active"}],
    "allergy": [{"substance": "peanut"}],
    "medicine": [{"name": "doxycycline", "status": "started", "route": "oral"}],
    "history_review": [
        {"topics": ["conditions", "allergies", "medicines", "breastfeeding", "psychiatric"]}
    ],
    "weight": [{"value": 61.0, "unit": "kg"}, {"value": 134.5, "unit": "lb"}],
    "enrolment": [{"who": "pharmacy", "active": True}],
    "consent": [{"form": "birth_defects", "by_guardian": True}],
    "counselling": [{"topics": ["Two methods of contraception", "no blood donation"]}],
    "comprehension": [
        {"passed": True, "contraception": ["implant", "male_condom"]},
        {"passed": True, "contraception": ["abstinence"]},
    ],
    "menses": [{}],
    "cycle": [{"regular": False}],
    "pregnancy_test": [
        {
            "result": "negative",
            "specimen": "urine",
            "setting": "home",
            "falsification_safeguard": True,
        }
    ],
    "contraception": [
        {"methods": [{"method": each, "since": "2026-01-01"} for each in METHODS.split()]},
        {"abstinence": True, "agreed_by_prescriber": True},
    ],
    "lesions": [{"comedones": 40, "papules_pustules": 30, "nodules": 8}],
    "severity": [{"scale": "leeds", "score": 7.5}],
    "lab": [{"test": "alt", "value": 22.5, "unit": "U/L", "upper_limit": 40, "fasting": True}],
    "questionnaire": [{"instrument": "phq-9", "score": 7, "item_9": 0}],
    "mental_health": [{"assessed": True, "concern": "low_mood"}],
    "sexual_function": [{"assessed": True, "concern": False}],
    "symptom": [{"symptom": "cheilitis", "grade": 4}],
    "visit": [{"mode": "remote", "role": "gp"}],
    "prescriber_agreement": [{"prescriber": "GMC 7654321", "role": "dermatologist"}],
    "prescription": [
        {
            "prescription_id": "rx1",
            "certified_on": "2026-09-30",
            **_DOSE,
            "doses_per_day": 2,
            "days_on": 1,
            "cycle_days": 2,
            "days": 30,
            "refills": 2,
            "formulation": "lidose",
            "product": "Absorica LD",
            "capsule_mg": 20,
            "quantity": 60,
            "role": "specialist_nurse",
        },
        {"prescription_id": "rx1", **_DOSE, "days": 30, "capsules": _STRENGTHS},
    ],
    "authorisation": [
        {"number": "RMA-1", "prescription_id": "rx1", "do_not_dispense_after": "2026-10-07"}
    ],
    "authorisation_reversed": [{"number": "RMA-1"}],
    "cancel": [{"prescription_id": "rx1"}],
    "return_to_stock": [{"prescription_id": "rx1"}],
    "dispense": [
        {"prescription_id": "rx1", "days": 30, "quantity": 60, "capsule_mg": 20},
        {"prescription_id": "rx1", "days": 30, "capsules": _STRENGTHS},
    ],
    "taken": [{**_DOSE, "until": "2026-10-20"}],
    "patient_report": [{"what": "missed_doses", "count": 3}],
    "document": [{"ref": "photos/7.jpg", "sha256": "a0" * 32, "title": "Face, week 4"}],
    "relapse": [{"definition": "systemic_treatment"}],
    "stop": [{"reason": "clear"}],
    "restart": [{}],
    "pregnancy": [{}],
    "retract": [{"event": "e0"}],
}
