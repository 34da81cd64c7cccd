"""The words that a course file may use, one tuple per list.

The order within a list is part of the format: other rooms number the words by it, so a new word
goes at the end. Open lists name the words that rules know; a course file may use others.
"""

COURSE_FORMAT = "isocourse.course/1"
PLACES = ("us", "uk", "eu", "de", "fr", "it", "in")
SEXES = ("male", "female", "other", "unknown")

CATEGORY_REASONS = (
    "cisgender_male",
    "hysterectomy",
    "bilateral_oophorectomy",
    "post_menopausal",
    "sterilised",
    "pre_menarche",
    "other",
)
SEVERITIES = ("mild", "moderate", "severe", "nodular", "conglobate", "fulminans")
TREATMENTS = ("oral_antibiotic", "topical", "hormonal", "isotretinoin")
OUTCOMES = ("failed", "partial", "not_tolerated", "cleared")
CONDITION_STATUSES = ("active", "resolved")
MEDICINE_STATUSES = ("started", "stopped")
ROUTES = ("oral", "topical", "other")
HISTORY_TOPICS = ("conditions", "allergies", "medicines", "breastfeeding", "psychiatric")
WEIGHT_UNITS = ("kg", "lb")
ENROLLED = ("patient", "prescriber", "pharmacy")
CONSENT_FORMS = ("general", "birth_defects", "acknowledgement_of_risk", "care_agreement")
TEST_RESULTS = ("negative", "positive", "invalid")
SPECIMENS = ("urine", "serum")
SETTINGS = ("laboratory", "clinic", "supervised_remote", "home", "pharmacy")
METHODS = (
    "tubal_sterilisation",
    "partner_vasectomy",
    "copper_iud",
    "hormonal_ius",
    "implant",
    "injection",
    "patch",
    "vaginal_ring",
    "combined_pill",
    "progestogen_only_pill",
    "male_condom",
    "female_condom",
    "diaphragm_spermicide",
    "cervical_cap_spermicide",
    "sponge",
    "fertility_awareness",
    "withdrawal",
)
ABSTINENCE = "abstinence"
SCALES = ("iga", "gags", "gea", "leeds")
ENZYMES = ("alt", "ast", "ck")
LIPIDS = ("triglycerides", "total_cholesterol", "hdl", "ldl")
LAB_TESTS = (
    "alt",
    "ast",
    "triglycerides",
    "total_cholesterol",
    "hdl",
    "ldl",
    "ck",
    "glucose",
    "white_cells",
)
LAB_UNITS = ("mg/dL", "mmol/L", "U/L", "10^9/L", "/uL", "10*9/L", "10^3/uL", "10*3/uL")
INSTRUMENTS = ("phq-2", "phq-9", "gad-2", "gad-7", "dlqi", "asex")
MENTAL_CONCERNS = ("none", "low_mood", "suicidal_thoughts", "psychosis", "aggression")
VISIT_MODES = ("in_person", "remote")
DOSE_UNITS = ("mg/day",)
FORMULATIONS = ("conventional", "lidose", "micronised")
REPORTS = ("missed_period", "missed_doses", "unprotected_contact", "other")
RELAPSE_DEFINITIONS = ("any_prescription", "systemic_treatment", "second_course", "clinician")
STOP_REASONS = ("completed", "clear", "side_effect", "pregnancy", "patient_choice", "other")

# Open lists: any lower-case word is accepted; these are the ones that rules know.
CONDITIONS = (
    "hepatic_insufficiency",
    "renal_insufficiency",
    "hyperlipidaemia",
    "hypervitaminosis_a",
    "diabetes",
    "inflammatory_bowel_disease",
    "depression",
    "suicide_attempt",
    "osteoporosis",
    "breastfeeding",
    "pregnancy",
    "pcos",
    "obesity",
    "alcoholism",
)
SUBSTANCES = ("isotretinoin", "vitamin_a", "soya", "peanut", "parabens", "tartrazine")
SYMPTOMS = (
    "cheilitis",
    "dry_skin",
    "dry_eyes",
    "nosebleed",
    "myalgia",
    "arthralgia",
    "headache",
    "visual_disturbance",
    "night_blindness",
    "hearing_loss",
    "abdominal_pain",
    "bloody_diarrhoea",
    "rash",
    "blistering_rash",
    "flare",
    "fatigue",
)
PRESCRIBERS = ("dermatologist", "specialist_nurse", "gp", "prescriber")
"""Professions that prescribe somewhere, and somebody who prescribes, of whatever profession."""
ROLES = (*PRESCRIBERS, "nurse", "midwife", "pharmacist")
