"""How severe the acne is by the scales that were recorded. A note each; none decides a gate."""

from isocourse.rules.book import alerts
from isocourse.words.expressions import shown

_DISTRESS = "Weigh scars and distress as well: the scale sees neither."


def _gags_above(course, most):
    return shown(course.gags > most)


def _gags_up_to(course, most):
    return shown(course.gags <= most)


@alerts(
    "note",
    topic="indication",
    layer="guideline",
    says="GAGS {gags}: mild, up to {gags_mild_most}.",
    advice=_DISTRESS,
    cites="shared-practice#gags-scoring",
)
def gags_mild(course, values):
    """A GAGS of at least 1 in the lowest band is mild."""
    return _gags_up_to(course, values.gags_mild_most) & _gags_above(course, 0)


@alerts(
    "note",
    topic="indication",
    layer="guideline",
    says="GAGS {gags}: moderate, above {gags_mild_most} and up to {gags_moderate_most}.",
    advice=_DISTRESS,
    cites="shared-practice#gags-scoring",
)
def gags_moderate(course, values):
    """A GAGS in the second band is moderate."""
    above = _gags_above(course, values.gags_mild_most)
    return above & _gags_up_to(course, values.gags_moderate_most)


@alerts(
    "note",
    topic="indication",
    layer="guideline",
    says="GAGS {gags}: severe, above {gags_moderate_most} and up to {gags_severe_most}.",
    advice=_DISTRESS,
    cites="shared-practice#gags-scoring",
)
def gags_severe(course, values):
    """A GAGS in the third band is severe."""
    above = _gags_above(course, values.gags_moderate_most)
    return above & _gags_up_to(course, values.gags_severe_most)


@alerts(
    "note",
    topic="indication",
    layer="guideline",
    says="GAGS {gags}: very severe, above {gags_severe_most}.",
    advice=_DISTRESS,
    cites="shared-practice#gags-scoring",
)
def gags_very_severe(course, values):
    """A GAGS above all bands is very severe."""
    return _gags_above(course, values.gags_severe_most)


@alerts(
    "note",
    topic="indication",
    layer="guideline",
    says="IGA {iga}: clear or almost clear.",
    advice="On treatment, see how long it has been so before stopping.",
)
def iga_clear(course, values):
    """An IGA of 0 or 1 is clear or almost clear."""
    return shown(course.iga <= values.iga_almost_clear)


@alerts(
    "note",
    topic="indication",
    layer="guideline",
    says="IGA {iga}: stands for severe papulopustular or moderate nodular acne.",
    advice=_DISTRESS,
)
def iga_over_half_the_face(course, values):
    """An IGA of 3 is over half the face."""
    return shown(course.iga == values.iga_moderate)


@alerts(
    "note",
    topic="indication",
    layer="guideline",
    says="IGA {iga}: stands for severe nodular or conglobate acne.",
    advice=_DISTRESS,
)
def iga_whole_face(course, values):
    """An IGA of 4 is the whole face."""
    return shown(course.iga >= values.iga_severe)


@alerts(
    "note",
    topic="indication",
    layer="guideline",
    says="By counts moderate to severe: {inflamed_from} inflamed lesions or more, or "
    "{nodules_from} nodules or more.",
    advice=_DISTRESS,
)
def moderate_to_severe_by_counts(course, values):
    """Many inflamed lesions or some nodules are moderate to severe."""
    inflamed = shown(course.papules_pustules >= values.inflamed_from)
    return inflamed | shown(course.nodules >= values.nodules_from)
