"""What was reported lately, and how severe it was."""

from isocourse.words.expressions import NEVER, shown


def lately(course, values, symptom):
    """The symptom was reported within the days for which a report is spoken of."""
    days = getattr(course, f"days_since_symptom_{symptom}")
    return shown(days <= values.fresh_days)


def grade(course, symptom):
    """The grade of the symptom reported last."""
    return getattr(course, f"symptom_{symptom}")


def present(course, values, symptom):
    """The symptom was reported lately, at whatever grade."""
    return lately(course, values, symptom) & (grade(course, symptom) >= 1)


def severe_or_worse(course, values, symptom):
    """The symptom was reported lately as severe or as an emergency."""
    return lately(course, values, symptom) & (grade(course, symptom) >= values.severe_grade)


def severe(course, values, symptom):
    """The symptom was reported lately as severe, and not as an emergency."""
    worst = grade(course, symptom) >= values.emergency_grade
    return severe_or_worse(course, values, symptom) & ~worst


def mild(course, values, symptom):
    """The symptom was reported lately as less than severe."""
    return _below(course, values, symptom, values.severe_grade)


def below_the_gate(course, values, symptom, limit):
    """The symptom was reported lately, below the grade at which the gate closes here."""
    return NEVER if limit <= 1 else _below(course, values, symptom, limit)


def _below(course, values, symptom, limit):
    held = grade(course, symptom)
    return lately(course, values, symptom) & (held >= 1) & (held < limit)
