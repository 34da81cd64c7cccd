"""Where each quantity of a block of people stands: one row of LANES numbers for each.

A block is worked on in one flat array, so that the compiler sees that rows never overlap and
does several people at once.
"""

from collections import namedtuple
from typing import Any

LANES = 32
"""People in a block."""
NONE_MISSED = 1 << 30
"""A day from which doses are missed that never comes."""

_PERSON = (
    "weight",  # kg
    "rate_1",  # /h, absorption
    "rate_2",  # /h, distribution
    "rate_3",  # /h, elimination
    "gain_1",  # ng/mL for each unit of the mode, with the share absorbed
    "gain_2",
    "gain_3",
    "half_skin",  # ng/mL, half of the effect on skin
    "half_lipid",  # ng/mL, half of the effect on blood lipids
    "regrowth",  # /day, of the gland
    "stem_source",  # /day
    "apoptosis",  # /day at full effect
    "lipid_block",  # share of lipogenesis blocked at full effect
    "lipid_rate",  # /day
    "sebum_floor",  # share read as sebum that the gland does not make
    "keratin_block",  # share
    "keratin_rate",  # /day
    "bacteria_rate",  # /day
    "calm_on",  # /day at full effect, fall of the inflammatory gain
    "calm_off",  # /day, its return
    "calm_floor",  # share that is left
    "release",  # /day at full effect, loss of follicles that make new lesions
    "recruit",  # /day, their return once acne has come back
    "micro_rate",  # /day
    "micro_loss",  # /day at full effect
    "comedone_rate",  # /day
    "comedone_loss",  # /day at full effect
    "papule_rate",  # /day
    "nodule_rate",  # /day
    "flare_gain",  # share of the baseline inflow at full effect
    "flare_rate",  # /day at full effect, how soon it is spent
    "refractory",  # share of inflamed lesions that nothing of this touches
    "lipid_onset",  # /day
    "tolerance_rate",  # /day
    "dryness_rate",  # /day
    "hazard",  # relapse hazard before dose and what is left
    "luck",  # exponential draw that decides whether and when acne comes back
    "adherence",  # share of doses taken
)
STATES = (
    "mode_1",
    "mode_2",
    "mode_3",
    "gland",
    "lipogenesis",
    "keratin",
    "bacteria",
    "gain",
    "primed",
    "follicles",
    "micro",
    "comedones",
    "papules",
    "nodules",
    "lipid",
    "tolerance",
    "dryness",
)
_WORK = (
    "sebum",
    "dryness_most",
    "papules_most",
    "concentration",  # mean of the day, ng/mL
    "dose",  # mg of this slot
    "relapse",  # day on which acne comes back
    "total_hazard",
    "hit_skin",  # effects of this step
    "hit_lipid",
    "lean_skin",  # first moments of the effects about the middle of the step, in days squared
    "lean_lipid",
    "keep_dryness",  # what a day leaves
    "keep_lipogenesis",  # what is left after a step, for constant rates
    "keep_keratin",
    "keep_bacteria",
    "keep_papules",
    "keep_nodules",
    "keep_lipid",
    "keep_tolerance",
    "part_bacteria",  # mean of that over the step
    "part_papules",
    "part_nodules",
    "one_by_lipogenesis",  # 1 / (rate * step)
    "one_by_keratin",
    "one_by_lipid",
    "root_of_sebum",
    "drive",  # of new inflamed lesions by bacteria
    "bend",  # how far the mean of sebum over a step lies from the middle of its ends
    "sebum_before",  # before this step, like the others so named
    "root_before",
    "gain_before",
    "filled_before",  # source of microcomedones, as a share of that without the drug
    "filled",
    "filled_bend",
    "micro_before",
    "comedones_before",
    "gland_inverse",  # days
)
PERSON = _PERSON
ROWS = {name: number for number, name in enumerate((*_PERSON, *STATES, *_WORK))}
_At: Any = namedtuple("_At", list(ROWS))  # type: ignore[misc]
AT: Any = _At(*[number * LANES for number in ROWS.values()])
"""The first place of each row: person j stands at AT.gland + j."""

OUTPUTS = (
    "sebum",
    "gland",
    "keratin",
    "bacteria",
    "gain",
    "follicles",
    "comedones",
    "papules",
    "nodules",
    "lipid",
    "tolerance",
    "dryness",
    "dryness_most",
    "papules_most",
    "concentration",
)
"""What is written down at the end of each day asked for."""

COMMON = (
    "lag",  # h
    "duration",  # h, of release
    "bacteria_need",  # share of new inflamed lesions that needs bacteria
    "bacteria_half",  # density, as a share of that before, at half of it
    "from_comedones",  # share of new inflamed lesions that were visible comedones
    "relapse_rate",  # /day
    "dose_slope_low",  # per mg/kg, up to dose_knee
    "dose_slope_high",  # per mg/kg, from dose_knee to dose_cap
    "dose_knee",  # mg/kg
    "dose_cap",  # mg/kg
    "residual_power",
)
"""What is the same for everyone in a block, in this order."""
