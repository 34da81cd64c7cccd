"""Blood values that call for something. The gates are in rules.py; nothing here says less."""

from isocourse.rules.book import alerts
from isocourse.rules.labs import schedule
from isocourse.rules.labs.rules import above
from isocourse.rules.standing import recorded
from isocourse.words.expressions import NEVER, shown


def _stays_high(course, values):
    in_a_row = values.enzyme_repeats
    return (course.alt_high_in_a_row >= in_a_row) | (course.ast_high_in_a_row >= in_a_row)


@alerts(
    "note",
    topic="labs",
    layer="guideline",
    says="ALT or AST is a little above its upper limit, as in about one patient in seven.",
    advice="Go on, ask about alcohol, exercise and other medicines, and repeat until it is normal.",
    cites="us-label-2023#liver-shifts",
)
def liver_a_little_raised(course, values):
    """Liver enzymes above their limit and below the line for action are usual and pass."""
    alt, ast = course.alt > course.alt_limit, course.ast > course.ast_limit
    return (shown(alt) | shown(ast)) & ~above(course, values.enzyme_repeat_times)


@alerts(
    "soon",
    topic="labs",
    layer="guideline",
    says="ALT or AST is above {enzyme_repeat_times} times its upper limit.",
    advice="Pause or lower the dose, look for another cause, and repeat within two weeks.",
)
def liver_high(course, values):
    """High liver enzymes mean a pause or a lower dose until they are repeated."""
    once = above(course, values.enzyme_repeat_times) & ~_stays_high(course, values)
    return once & ~above(course, values.enzyme_grave_times)


@alerts(
    "now",
    topic="labs",
    layer="label",
    says="ALT or AST was above {enzyme_repeat_times} times its upper limit in {enzyme_repeats} "
    "results one after the other.",
    advice="Stop isotretinoin, and have hepatitis looked for.",
)
def liver_stays_high(course, values):
    """Liver enzymes that stay high mean stop."""
    again = _stays_high(course, values) & above(course, values.enzyme_repeat_times)
    return again & ~above(course, values.enzyme_grave_times)


@alerts(
    "now",
    topic="labs",
    layer="guideline",
    says="ALT or AST is above {enzyme_grave_times} times its upper limit.",
    advice="Stop isotretinoin, as practice does here, have hepatitis looked for, and repeat soon.",
)
def liver_very_high(course, values):
    """Very high liver enzymes mean stop, by practice where the label gives no line."""
    return above(course, values.enzyme_grave_times)


@alerts(
    "note",
    topic="labs",
    layer="guideline",
    says="ALT is {alt} U/L after {alt_before} U/L: above its limit and rising.",
    advice="Repeat earlier than planned, and before the dose is raised.",
    cites="us-label-2023#liver-monitoring",
)
def liver_rising(course, values):
    """ALT above its limit and above the value before is rising."""
    return shown(course.alt > course.alt_limit) & shown(course.alt > course.alt_before)


@alerts(
    "note",
    topic="labs",
    layer="guideline",
    says="Triglycerides are {triglycerides}; from {triglycerides_diet} on diet is enough.",
    advice="Keep the dose. Less sugar, fat and alcohol, more exercise; repeat fasting.",
    cites="us-label-2023#lipid-shifts",
)
def triglycerides_raised(course, values):
    """Triglycerides a little raised call for diet."""
    return schedule.fats_raised(course, values)


@alerts(
    "soon",
    topic="labs",
    layer="guideline",
    says="Triglycerides are {triglycerides}; from {triglycerides_lower_dose} on the dose is "
    "lowered.",
    advice="Lower the dose or treat the lipids, keep to diet, and repeat fasting within two weeks.",
)
def triglycerides_high(course, values):
    """High triglycerides call for a lower dose or treatment."""
    stop = shown(course.triglycerides > values.triglycerides_most)
    return schedule.fats_high(course, values) & ~stop


@alerts(
    "now",
    topic="labs",
    layer="label",
    says="Triglycerides are {triglycerides}, above {triglycerides_most}: the pancreas is at risk.",
    advice="Stop isotretinoin until they are lower. Belly pain with vomiting needs a hospital "
    "today.",
)
def triglycerides_stop(course, values):
    """Triglycerides that threaten the pancreas mean stop."""
    return shown(course.triglycerides > values.triglycerides_most)


@alerts(
    "now",
    topic="labs",
    layer="guideline",
    says="Triglycerides are {triglycerides}; from {triglycerides_urgent} on practice in this "
    "country stops in any case.",
    advice="Speak to the patient today, ask about belly pain, and have the lipids treated.",
)
def triglycerides_urgent(course, values):
    """Where practice has a higher line of its own, it is named as well."""
    line = values.triglycerides_urgent
    return NEVER if line is None else shown(course.triglycerides >= line)


@alerts(
    "note",
    topic="labs",
    layer="guideline",
    says="Triglycerides are {triglycerides} after {triglycerides_before}: raised and rising.",
    advice="Repeat earlier than planned, and before the dose is raised.",
    cites="us-label-2023#lipid-monitoring",
)
def triglycerides_rising(course, values):
    """Triglycerides in the range of diet or above, and above the value before, are rising."""
    rising = shown(course.triglycerides > course.triglycerides_before)
    return rising & shown(course.triglycerides >= values.triglycerides_diet)


@alerts(
    "note",
    topic="labs",
    layer="label",
    says="The last triglycerides were not measured fasting.",
    advice="Repeat them fasting and {alcohol_hours} hours after alcohol. A gate that they close "
    "stays closed until then.",
)
def not_fasting(course, values):
    """Triglycerides are measured fasting."""
    values.of("labs", "alcohol_hours")
    return ~course.triglycerides_fasting


@alerts(
    "soon",
    topic="labs",
    layer="guideline",
    says="Muscles hurt and creatine kinase is {ck} U/L, above its limit of {ck_limit} U/L.",
    advice="No hard exercise, and repeat. Weakness or dark urine needs a hospital today; stop if "
    "the pain does not yield.",
    cites=("shared-practice#ck", "shared-practice#muscle", "us-label-2023#muscle"),
)
def muscle_damage(course, values):
    """Muscle pain with raised creatine kinase needs rest and another look."""
    return (course.symptom_myalgia > 0) & shown(course.ck > course.ck_limit)


@alerts(
    "soon",
    topic="labs",
    layer="guideline",
    says="Muscles hurt and creatine kinase is {ck} U/L; the report's upper limit is not recorded, "
    "so it cannot be judged.",
    advice="Record the result again with its upper limit. Until then treat it as raised: no hard "
    "exercise; weakness or dark urine needs a hospital today.",
    cites=("shared-practice#ck", "shared-practice#muscle"),
)
def muscle_damage_not_judged(course, values):
    """A limit that is not known never makes a value normal."""
    unjudged = recorded(course.ck) & ~recorded(course.ck_limit)
    return (course.symptom_myalgia > 0) & unjudged
