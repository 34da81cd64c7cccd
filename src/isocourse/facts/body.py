"""Weight, laboratory, mind, symptoms, allergies and other medicines. Part of the compiled pass."""

from isocourse.facts.compiled import part
from isocourse.facts.masks import holds
from isocourse.facts.prevention import pregnancy, pregnancy_resolved
from isocourse.words.codes import NULL, Concern, Kind, Outcome, Treatment
from isocourse.words.tokens import CONDITIONS, LAB_TESTS, SYMPTOMS

_PREGNANCY = CONDITIONS.index("pregnancy")
_ALT = LAB_TESTS.index("alt")
_AST = LAB_TESTS.index("ast")
_TRIGLYCERIDES = LAB_TESTS.index("triglycerides")
_HEADACHE = SYMPTOMS.index("headache")
_VISION = SYMPTOMS.index("visual_disturbance")
_EMERGENCY = 4
PER_MILLE = 1000


@part
def per_mille_of(grams, before):
    """A weight per mille of the sound one before it; as much where there is none."""
    return PER_MILLE if before == NULL else grams * PER_MILLE // before


@part
def is_sound(grams, before, place):
    """Whether a weight does not differ from the sound one before as a slip of unit does."""
    return place.weight_slip_down < per_mille_of(grams, before) < place.weight_slip_up


@part
def weight(event, course, why, work, place):
    """The last weight, and how it stands against the last one that was not in doubt."""
    if work.sound_weight != NULL:
        course.weight_per_mille_of_previous = per_mille_of(event.value, work.sound_weight)
    if is_sound(event.value, work.sound_weight, place):
        work.sound_weight = event.value
    course.weight = event.value
    why.weight = event.index
    why.weight_per_mille_of_previous = event.index


@part
def lab(event, course, why, work, place):
    """The last value of each laboratory test that closes a gate."""
    if event.answer == _TRIGLYCERIDES:
        course.triglycerides_before = course.triglycerides
        why.triglycerides_before = why.triglycerides
        course.triglycerides_fasting = event.yes
        why.triglycerides_fasting = event.index
        course.triglycerides = event.value
        work.lipids_day = event.day
        why.triglycerides = event.index
        why.days_since_lipids = event.index
    elif event.answer == _ALT:
        limit = event.limit if event.limit != NULL else place.enzyme_limit
        course.alt_before = course.alt
        why.alt_before = why.alt
        course.alt = event.value
        course.alt_limit = limit
        high = event.value > limit * place.enzyme_repeat_times
        course.alt_high_in_a_row = course.alt_high_in_a_row + 1 if high else 0
        work.liver_day = event.day
        why.alt = event.index
        why.alt_limit = event.index
        why.alt_high_in_a_row = event.index
        why.days_since_liver = event.index
    elif event.answer == _AST:
        limit = event.limit if event.limit != NULL else place.enzyme_limit
        course.ast = event.value
        course.ast_limit = limit
        high = event.value > limit * place.enzyme_repeat_times
        course.ast_high_in_a_row = course.ast_high_in_a_row + 1 if high else 0
        why.ast = event.index
        why.ast_limit = event.index
        why.ast_high_in_a_row = event.index


@part
def questionnaire(event, course, why):
    """Item 9 of the PHQ-9 above zero closes until a prescriber has looked."""
    if event.grade != NULL and event.grade > 0:
        course.item_nine = event.grade
        why.item_nine = event.index


@part
def mental_health(event, course, why, work, place):
    """A grave concern closes; only a prescriber's later and better finding opens again."""
    grave = event.answer >= Concern.SUICIDAL_THOUGHTS
    if event.yes == 1 and event.carried == 0:
        course.mental_health_assessed = 1
        work.mind_day = event.day
        why.mental_health_assessed = event.index
        why.days_since_mental_health = event.index
    course.low_mood = 1 if event.answer == Concern.LOW_MOOD else 0
    why.low_mood = event.index
    if grave:
        course.mind_concern = event.answer
        why.mind_concern = event.index
    elif event.yes == 1 and event.role != NULL and holds(place.prescriber_roles, event.role):
        course.mind_concern = 0
        course.item_nine = 0
        why.mind_concern = event.index
        why.item_nine = event.index


@part
def sexual_function(event, course, why):
    """Whether sexual function was asked about, and what was found."""
    if event.yes == 1:
        course.sexual_function_assessed = 1
        why.sexual_function_assessed = event.index
    course.sexual_concern = event.answer
    why.sexual_concern = event.index


@part
def symptom(event, course, why, work, place):
    """The last grade of each symptom; two of them close together mean more than each."""
    if event.answer < 0:
        course.other_emergency = max(course.other_emergency, 1 if event.grade >= _EMERGENCY else 0)
        why.other_emergency = event.index
        return
    course.symptoms[event.answer] = event.grade
    why.symptoms[event.answer] = event.index
    if event.answer == _HEADACHE:
        work.headache_day = event.day
    elif event.answer == _VISION:
        work.vision_day = event.day
    else:
        return
    both = work.headache_day != NULL and work.vision_day != NULL
    if both and abs(work.headache_day - work.vision_day) <= place.together_days:
        course.headache_with_visual_disturbance = 1
        why.headache_with_visual_disturbance = event.index


@part
def condition(event, course, why, work, place):
    """A condition is active or resolved; pregnancy ends only by a prescriber's word."""
    if event.answer == _PREGNANCY:
        course.conditions[_PREGNANCY] = event.yes
        why.conditions[_PREGNANCY] = event.index
        if event.yes == 1:
            pregnancy(event, course, why)
        else:
            pregnancy_resolved(event, course, why, work, place)
    elif event.answer >= 0:
        course.conditions[event.answer] = event.yes
        why.conditions[event.answer] = event.index


@part
def allergy(event, course, why):
    """An allergy, once recorded, stays."""
    if event.answer >= 0:
        course.allergies[event.answer] = 1
        why.allergies[event.answer] = event.index


@part
def prior_treatment(event, course, why):
    """What was tried before and did not clear the acne."""
    failed = event.yes != Outcome.CLEARED
    if event.answer == Treatment.ORAL_ANTIBIOTIC and failed:
        course.antibiotic_failed = 1
        why.antibiotic_failed = event.index
    elif event.answer == Treatment.TOPICAL and failed:
        course.topical_failed = 1
        why.topical_failed = event.index
    elif event.answer == Treatment.HORMONAL and failed:
        course.hormonal_failed = 1
        why.hormonal_failed = event.index
    elif event.answer == Treatment.ISOTRETINOIN:
        course.isotretinoin_before = 1
        why.isotretinoin_before = event.index


@part
def diagnosis(event, course, why):
    """How severe the acne is and what it does."""
    course.severity = event.answer
    course.scarring = 1 if event.yes == 1 else 0
    course.distress = 1 if event.grade == 1 else 0
    why.severity = event.index
    why.scarring = event.index
    why.distress = event.index


@part
def medicine(event, medicines, medicine_why):
    """Each medicine by name and route, started or stopped."""
    if event.answer >= 0:
        medicines[event.answer] = event.yes
        medicine_why[event.answer] = event.index


@part
def body_event(event, course, why, work, place, medicines, medicine_why):
    """Hand an event about body, mind and history to its function."""
    kind = event.kind
    if kind == Kind.WEIGHT:
        weight(event, course, why, work, place)
    elif kind == Kind.LAB:
        lab(event, course, why, work, place)
    elif kind == Kind.QUESTIONNAIRE:
        questionnaire(event, course, why)
    elif kind == Kind.MENTAL_HEALTH:
        mental_health(event, course, why, work, place)
    elif kind == Kind.SEXUAL_FUNCTION:
        sexual_function(event, course, why)
    elif kind == Kind.SYMPTOM:
        symptom(event, course, why, work, place)
    elif kind == Kind.CONDITION:
        condition(event, course, why, work, place)
    elif kind == Kind.ALLERGY:
        allergy(event, course, why)
    elif kind == Kind.PRIOR_TREATMENT:
        prior_treatment(event, course, why)
    elif kind == Kind.DIAGNOSIS:
        diagnosis(event, course, why)
    elif kind == Kind.MEDICINE:
        medicine(event, medicines, medicine_why)
    elif kind == Kind.HISTORY_REVIEW:
        course.history_asked |= event.mask
        why.history_asked = event.index
