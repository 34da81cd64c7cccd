"""Tips for the patient before and during treatment, in words that a child can read.

Tips by symptom stand beside the symptoms, those by blood value beside the blood values.
"""

from isocourse.rules.book import tip
from isocourse.rules.timeline.spans import ended, on_treatment, within_days_of_stop
from isocourse.words.expressions import NEVER


@tip(
    topic="timeline",
    says="Use a greasy lip balm from day one, many times a day. No soap on your lips.",
    cites="shared-practice#cheilitis",
)
def lip_balm(course, values):
    """Lip balm helps from the first day."""
    return ~ended(course)


@tip(
    topic="timeline",
    says="Use a moisturiser from day one, and wash your skin with a mild cleanser.",
    cites="shared-practice#dry-skin",
)
def moisturiser(course, values):
    """A moisturiser helps from the first day."""
    return ~ended(course)


@tip(
    topic="timeline",
    says="Protect your skin: stay out of strong sun and off sunbeds. Use sun cream with SPF "
    "{spf_usual} or more; {spf_least} is the very least.",
    layer="label",
)
def sun_cream(course, values):
    """Skin on treatment is kept from the sun."""
    _ = values.spf_usual, values.spf_least
    return ~ended(course)


def _eaten_with(course, values):
    """The formulation prescribed is one that is taken with a meal."""
    ordinary = ~course.lidose & ~course.micronised if values.of("dose", "with_food") else NEVER
    lidose = course.lidose if values.of("dose", "with_food_lidose") else NEVER
    fine = course.micronised if values.of("dose", "with_food_micronised") else NEVER
    return ordinary | lidose | fine


@tip(
    topic="dose",
    says="Take your capsules with a meal. On an empty stomach much less gets into your body.",
    cites="shared-practice#food",
    layer="label",
)
def with_a_meal(course, values):
    """Ordinary capsules are taken with food."""
    return ~ended(course) & _eaten_with(course, values)


@tip(
    topic="dose",
    says="You can take these capsules with or without food.",
    cites="us-label-2023#food",
    layer="label",
)
def with_or_without_a_meal(course, values):
    """Lidose and micronised capsules need no food."""
    return ~ended(course) & ~_eaten_with(course, values)


@tip(
    topic="dose",
    says="Swallow each capsule whole, with plenty to drink. Do not chew or open it.",
    cites="us-label-2023#missed-dose",
    layer="label",
)
def swallow_whole(course, values):
    """Capsules are swallowed whole with plenty to drink."""
    return ~ended(course)


@tip(
    topic="dose",
    says="Missed a capsule? Leave it out. Take the next one at its usual time, never two at once.",
    cites="us-label-2023#missed-dose",
    layer="label",
)
def never_double(course, values):
    """A missed dose is left out and never doubled."""
    return on_treatment(course)


@tip(
    topic="supply",
    says="Your capsules are only for you. Never give one to anybody, not even to a friend with the "
    "same spots.",
    layer="programme",
)
def never_share(course, values):
    """Capsules are never shared."""
    return ~ended(course) if values.never_shared else NEVER


@tip(
    topic="follow_up",
    says="Do not give blood while you take the capsules, and for {blood_days} days after the last "
    "one.",
    layer="programme",
)
def no_blood_giving(course, values):
    """Blood is not given during treatment and for a month after."""
    return ~course.stopped | within_days_of_stop(course, values.blood_days)


@tip(
    topic="side_effect",
    says="No waxing, skin sanding or skin laser now, nor for {procedures_days} days (six months) "
    "after the last capsule. Ask us before any other skin treatment.",
    cites=("procedures-2017#deep", "procedures-2017#superficial"),
    layer="label",
)
def no_wax_or_laser(course, values):
    """Wax, dermabrasion and laser wait until six months after the last dose."""
    return ~course.stopped | within_days_of_stop(course, values.procedures_days)


@tip(
    topic="side_effect",
    says="Your eyes may be too dry for contact lenses. Wear glasses when they feel sore.",
    cites=("us-label-2023#contact-lenses", "shared-practice#eyes"),
    layer="label",
)
def contact_lenses(course, values):
    """Contact lenses may be hard to wear."""
    return on_treatment(course)


@tip(
    topic="side_effect",
    says="You may see less well in the dark, and this can come suddenly. Be careful on the road at "
    "night, and tell us if you notice it.",
    cites=("us-label-2023#contact-lenses", "us-label-2023#vision", "shared-practice#eyes"),
    layer="label",
)
def night_driving(course, values):
    """Night vision may suffer, so driving at night needs care."""
    return on_treatment(course)


@tip(
    topic="interaction",
    says="No vitamin A pills, and no multivitamins with vitamin A in them.",
    layer="label",
)
def no_vitamin_a(course, values):
    """No vitamin A is taken beside it."""
    return ~ended(course) if values.no_vitamin_a else NEVER


@tip(
    topic="interaction",
    says="No peeling creams or scrubs for spots while you take the capsules.",
    layer="label",
)
def no_peeling_care(course, values):
    """No peeling acne care is used on the skin beside it."""
    return ~ended(course) if values.no_peeling_care else NEVER


@tip(
    topic="interaction",
    says="Ask us before you take any new medicine. Some antibiotics must not be taken with these "
    "capsules.",
    cites=("us-label-2023#tetracyclines", "eu-smpc#tetracyclines"),
    layer="label",
)
def ask_about_medicines(course, values):
    """New medicines are asked about, tetracyclines above all."""
    return ~ended(course)


@tip(
    topic="side_effect",
    says="Muscles may ache after hard sport. Go easier when they do. Weak muscles or dark urine: "
    "call us the same day.",
    cites=("us-label-2023#muscle", "shared-practice#muscle", "us-label-2023#bone-density"),
    layer="label",
)
def go_easy_on_sport(course, values):
    """Hard exercise goes with muscle ache."""
    return on_treatment(course)


@tip(
    topic="contraception",
    says="These capsules badly harm an unborn baby. You must not get pregnant. If your period is "
    "late or you had sex without protection, take no more capsules and call us the same day.",
    cites=("isocourse-safety#missed-period-closes", "isocourse-safety#positive-test-closes"),
    layer="programme",
)
def never_pregnant(course, values):
    """A person who can become pregnant must not while treated."""
    return course.can_become_pregnant & ~ended(course)


@tip(
    topic="contraception",
    says="What is in the semen of a man on these capsules is not thought to harm a baby.",
    layer="programme",
)
def semen(course, values):
    """The semen of a treated man is not considered harmful."""
    if not values.semen_harmless:
        return NEVER
    return ~course.can_become_pregnant & ~ended(course)


@tip(
    topic="mental_health",
    says="If you feel very sad, angry or not yourself, tell somebody and call us. If you think of "
    "hurting yourself, take no more capsules and get help right now.",
    cites=("shared-practice#emergencies", "us-label-2023#psychiatric-stop"),
    layer="label",
)
def tell_how_you_feel(course, values):
    """A change of mood is told at once."""
    return on_treatment(course)


@tip(
    topic="side_effect",
    says="Stop and get help the same day for: a very bad headache, trouble seeing, belly pain, "
    "being sick again and again, blood when you go to the toilet, blisters, or if you may be "
    "pregnant.",
    cites="shared-practice#emergencies",
)
def stop_and_get_help(course, values):
    """The emergencies are known to the patient."""
    return on_treatment(course)
