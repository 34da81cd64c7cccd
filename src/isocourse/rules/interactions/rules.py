"""Interactions: what is taken beside isotretinoin."""

from isocourse.rules.book import advises, refuses
from isocourse.words.expressions import NEVER

EVERY = ("start", "prescribe", "dispense")


@refuses(
    *EVERY,
    topic="interaction",
    layer="label",
    says="A tetracycline is taken; together they can raise the pressure in the skull.",
)
def tetracycline(course, values):
    """No tetracycline by mouth at the same time."""
    return course.takes_tetracycline if values.tetracycline == "forbids" else NEVER


@advises(
    *EVERY,
    topic="interaction",
    layer="label",
    says="A tetracycline is used on the skin; little is absorbed, and none is needed now.",
)
def tetracycline_on_the_skin(course, values):
    """A tetracycline on the skin is pointed out."""
    return course.takes_topical_tetracycline if values.tetracycline == "forbids" else NEVER


@refuses(
    *EVERY,
    topic="interaction",
    layer="label",
    says="St John's wort is taken, and the contraception rests on hormones, which it can weaken.",
)
def st_johns_wort_weakens_contraception(course, values):
    """Contraception that rests on hormones is not relied on beside St John's wort."""
    if values.st_johns_wort != "forbids":
        return NEVER
    return course.can_become_pregnant & course.takes_st_johns_wort & course.relies_on_hormones


@advises(
    *EVERY,
    topic="interaction",
    layer="label",
    says="St John's wort is taken; it can weaken hormonal contraception.",
)
def st_johns_wort(course, values):
    """St John's wort is pointed out."""
    return course.takes_st_johns_wort if values.st_johns_wort is not None else NEVER


@advises(
    *EVERY,
    topic="interaction",
    layer="label",
    says="Vitamin A or another retinoid is taken; the effects add up. Have it stopped.",
)
def vitamin_a(course, values):
    """No vitamin A beside a drug that resembles it."""
    return course.takes_vitamin_a if values.vitamin_a is not None else NEVER


@advises(
    *EVERY,
    topic="interaction",
    layer="label",
    says="Phenytoin is taken, which can weaken bone by itself.",
)
def phenytoin(course, values):
    """Phenytoin calls for care."""
    return course.takes_phenytoin if values.phenytoin is not None else NEVER


@advises(
    *EVERY,
    topic="interaction",
    layer="label",
    says="Carbamazepine is taken; its level may fall.",
)
def carbamazepine(course, values):
    """The level of carbamazepine is watched."""
    return course.takes_carbamazepine if values.carbamazepine is not None else NEVER


@advises(
    *EVERY,
    topic="interaction",
    layer="label",
    says="A corticosteroid is taken, which can weaken bone.",
)
def corticosteroid(course, values):
    """A corticosteroid by mouth calls for care."""
    return course.takes_corticosteroid if values.corticosteroid is not None else NEVER


@advises(
    *EVERY,
    topic="interaction",
    layer="label",
    says="A peeling treatment is used on the skin; it adds to the dryness. Have it stopped.",
)
def keratolytic(course, values):
    """No peeling acne treatment on the skin at the same time."""
    return course.takes_keratolytic if values.keratolytic is not None else NEVER
