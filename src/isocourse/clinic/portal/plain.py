"""What the engine means, in plain words for the patient: topics, tasks, symptoms, methods."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NOT_YET: dict[str, Promise] = {
    "pregnancy_category": _("Your team has to note if you can get pregnant."),
    "pregnancy_test": _("A pregnancy test that counts is needed first."),
    "contraception": _("Your birth control has to be in place for long enough."),
    "window": _("The days in which you could pick up have passed, or have not come yet."),
    "supply": _("Something about the prescription has to be put right first."),
    "enrolment": _("The sign-up for the safety programme is not complete."),
    "consent": _("A form has to be signed."),
    "counselling": _("Your team has to talk with you about the safety rules first."),
    "comprehension": _("Your answers to the programme's questions are still needed."),
    "authorisation": _("The programme has not said yes to this pick-up."),
    "prescriber": _("The right doctor has to agree first."),
    "visit": _("You need a visit first."),
    "age": _("There is a rule about age that your team has to look at."),
    "indication": _("Your team has to note why you need this drug."),
    "contraindication": _("Something in your health has to be looked at first."),
    "interaction": _("Another drug you take does not go with these capsules."),
    "dose": _("Something about your dose has to be put right first."),
    "labs": _("A blood test has to be looked at first."),
    "mental_health": _("Your team wants to talk with you about how you feel first."),
    "sexual_function": _("Your team has a question for you first."),
    "side_effect": _("A side effect you had has to be looked at first."),
    "stopping": _("Your course is paused or has ended."),
    "retreatment": _("It is too soon for a new course."),
}
OTHERWISE = _("Your team has something to check first.")

TASKS: dict[str, Promise] = {
    "pregnancy_test": _("Have a pregnancy test"),
    "pregnancy_test_after": _("Have your last pregnancy test"),
    "comprehension": _("Answer the programme's questions"),
    "contraception": _("Agree on birth control with your team"),
    "contraception_lead": _("Keep up your birth control"),
    "contraception_until": _("Keep up your birth control after the last capsule"),
    "abstinence_agreement": _("Talk with your team about birth control"),
    "consent": _("Sign the form with your team"),
    "enrolment": _("Sign up for the safety programme with your team"),
    "counselling": _("Talk about the safety rules with your team"),
    "visit": _("Come to your visit"),
    "first_review": _("Come to your first check-up"),
    "follow_up": _("Come to your check-up after the course"),
    "maintenance_review": _("Talk about how to keep your skin clear"),
    "lipids": _("Have a blood test: blood fats"),
    "liver": _("Have a blood test: liver"),
    "glucose": _("Have a blood test: sugar"),
    "ck": _("Have a blood test: muscles"),
    "mental_health": _("Talk about how you feel"),
    "phq_9": _("Answer the questions about your mood"),
    "hand_over": _("Pick up your capsules, if all checks are done by then"),
    "return_capsules": _("Bring capsules that are left back to the pharmacy"),
    "no_blood_donation_until": _("Do not give blood"),
    "no_wax_until": _("Do not wax your skin"),
    "no_laser_until": _("No laser and no skin sanding"),
    "relapse_watch": _("Watch for spots that come back"),
    "weight": _("Be weighed"),
}
"""What a patient takes part in. The rest of what is due is the team's own work."""
UNTIL = ("contraception_until", "no_blood_donation_until", "no_wax_until", "no_laser_until")
"""What holds until its last day, and is not done once."""

SYMPTOMS: dict[str, Promise] = {
    "cheilitis": _("Dry or cracked lips"),
    "dry_skin": _("Dry skin"),
    "dry_eyes": _("Dry eyes"),
    "nosebleed": _("Nosebleeds"),
    "myalgia": _("Sore muscles"),
    "arthralgia": _("Sore joints or back"),
    "fatigue": _("Tired"),
    "headache": _("Headache"),
    "visual_disturbance": _("Trouble with seeing"),
    "night_blindness": _("Seeing badly in the dark"),
    "hearing_loss": _("Hearing less, or a ringing in the ears"),
    "abdominal_pain": _("Belly pain"),
    "bloody_diarrhoea": _("Loose stools with blood"),
    "rash": _("A rash"),
    "blistering_rash": _("Blisters, or sores in the mouth"),
    "flare": _("More spots than before"),
}
GRADES: tuple[tuple[str, Promise], ...] = (
    ("", _("No")),
    ("1", _("A little")),
    ("2", _("It bothers me")),
    ("3", _("It is bad")),
    ("4", _("It is very bad: I need help now")),
)

METHODS: dict[str, Promise] = {
    "tubal_sterilisation": _("My tubes are tied"),
    "partner_vasectomy": _("My partner had a vasectomy"),
    "copper_iud": _("Copper coil"),
    "hormonal_ius": _("Hormone coil"),
    "implant": _("Implant"),
    "injection": _("Injection"),
    "patch": _("Patch"),
    "vaginal_ring": _("Vaginal ring"),
    "combined_pill": _("Pill with two hormones"),
    "progestogen_only_pill": _("Pill with one hormone (mini-pill)"),
    "male_condom": _("Condom"),
    "female_condom": _("Female condom"),
    "diaphragm_spermicide": _("Diaphragm with spermicide"),
    "cervical_cap_spermicide": _("Cervical cap with spermicide"),
    "sponge": _("Sponge"),
    "fertility_awareness": _("Counting days"),
    "withdrawal": _("Pulling out"),
    "abstinence": _("I have no sex that could make me pregnant"),
}

PHQ_9: tuple[Promise, ...] = (
    _("You had little joy in what you did, or did not want to do it"),
    _("You felt low, sad or without hope"),
    _("You slept badly, or far too much"),
    _("You were tired or had no energy"),
    _("You did not want to eat, or ate too much"),
    _("You felt bad about yourself, or that you let others down"),
    _("It was hard to keep your mind on things, such as reading"),
    _("You moved or spoke slowly, or could not sit still"),
    _("You thought that you would be better off dead, or of hurting yourself"),
)
HOW_OFTEN: tuple[tuple[str, Promise], ...] = (
    ("0", _("Not at all")),
    ("1", _("On some days")),
    ("2", _("On more than half of the days")),
    ("3", _("Nearly every day")),
)
