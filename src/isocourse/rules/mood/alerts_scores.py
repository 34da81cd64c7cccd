"""What the questionnaires on mood, anxiety, sexual function and burden say.

A score is no diagnosis: each alert names the band and what to do next, and none closes a gate.
"""

from isocourse.rules.book import alerts
from isocourse.words.expressions import shown


def _band(score, least, next_band):
    """At least so many points, and fewer than the next band begins with."""
    return shown(score >= least) & ~shown(score >= next_band)


def _phq_9(course, least, next_band):
    """A band of the PHQ-9, and the day on which it was filled in."""
    return _band(course.phq_9, least, next_band) & shown(course.days_since_phq_9 >= 0)


@alerts(
    "note",
    topic="mental_health",
    layer="guideline",
    says="PHQ-9 was {phq_9} points {days_since_phq_9} days ago: mild.",
    advice="Repeat it at the next visit.",
)
def phq_9_mild(course, values):
    """A mild score of the PHQ-9 is repeated."""
    return _phq_9(course, values.phq_9_mild, values.phq_9_moderate)


@alerts(
    "soon",
    topic="mental_health",
    layer="guideline",
    says="PHQ-9 was {phq_9} points {days_since_phq_9} days ago: moderate.",
    advice="Have depression assessed, and weigh with the patient whether to go on.",
    cites="shared-practice#phq-cut-offs",
)
def phq_9_moderate(course, values):
    """A moderate score of the PHQ-9 is assessed."""
    return _phq_9(course, values.phq_9_moderate, values.phq_9_moderately_severe)


@alerts(
    "soon",
    topic="mental_health",
    layer="guideline",
    says="PHQ-9 was {phq_9} points {days_since_phq_9} days ago: moderately severe.",
    advice="Refer for depression within days, and weigh stopping.",
)
def phq_9_moderately_severe(course, values):
    """A moderately severe score of the PHQ-9 is referred."""
    return _phq_9(course, values.phq_9_moderately_severe, values.phq_9_severe)


@alerts(
    "now",
    topic="mental_health",
    layer="guideline",
    says="PHQ-9 was {phq_9} points {days_since_phq_9} days ago: severe.",
    advice="Speak to the patient today, ask about thoughts of self-harm, and have severe "
    "depression assessed urgently before another capsule is taken.",
)
def phq_9_severe(course, values):
    """A severe score of the PHQ-9 is urgent."""
    return shown(course.phq_9 >= values.phq_9_severe) & shown(course.days_since_phq_9 >= 0)


@alerts(
    "note",
    topic="mental_health",
    layer="guideline",
    says="GAD-7 was {gad_7} points: mild anxiety.",
    advice="Repeat it at the next visit.",
)
def gad_7_mild(course, values):
    """A mild score of the GAD-7 is repeated."""
    return _band(course.gad_7, values.gad_7_mild, values.gad_7_moderate)


@alerts(
    "soon",
    topic="mental_health",
    layer="guideline",
    says="GAD-7 was {gad_7} points: moderate anxiety.",
    advice="Have anxiety assessed.",
)
def gad_7_moderate(course, values):
    """A moderate score of the GAD-7 is assessed."""
    return _band(course.gad_7, values.gad_7_moderate, values.gad_7_severe)


@alerts(
    "soon",
    topic="mental_health",
    layer="guideline",
    says="GAD-7 was {gad_7} points: severe anxiety.",
    advice="Refer for anxiety within days, and weigh with the patient whether to go on.",
)
def gad_7_severe(course, values):
    """A severe score of the GAD-7 is referred."""
    return course.gad_7 >= values.gad_7_severe


@alerts(
    "soon",
    topic="sexual_function",
    layer="guideline",
    says="ASEX was {asex} points: sexual dysfunction is likely from {asex_positive} on.",
    advice="Ask whether it is new since the first dose, and weigh whether to go on.",
    cites="uk-mhra-2023-10#questionnaires",
)
def asex_positive(course, values):
    """A high ASEX leads to a review."""
    return course.asex >= values.asex_positive


@alerts(
    "note",
    topic="mental_health",
    layer="guideline",
    says="DLQI was {dlqi} points: a very large effect on the patient's life.",
    advice="Ask how the skin weighs on mood, school or work, and people.",
)
def dlqi_very_large(course, values):
    """A very large burden is spoken about."""
    return _band(course.dlqi, values.dlqi_very_large, values.dlqi_extremely_large)


@alerts(
    "soon",
    topic="mental_health",
    layer="guideline",
    says="DLQI was {dlqi} points: an extremely large effect on the patient's life.",
    advice="Ask about mood and thoughts of self-harm, and offer support beside treatment.",
)
def dlqi_extremely_large(course, values):
    """An extremely large burden calls for a look at mood."""
    return course.dlqi >= values.dlqi_extremely_large
