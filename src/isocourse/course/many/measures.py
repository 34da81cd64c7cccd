"""Units and bounds of a course file, as the tables that the compiled loop reads."""

from collections.abc import Sequence
from functools import cache

import numpy as np

from isocourse.events.kinds_findings import SCALE_TOPS, SCORES, lab_below
from isocourse.events.kinds_history import WEIGHTS
from isocourse.events.kinds_supply import LEAST_MG, MOST_CAPSULES, MOST_DAILY_MG, MOST_MG
from isocourse.facts.many.given import Measures
from isocourse.words.tokens import DOSE_UNITS, INSTRUMENTS, LAB_TESTS, SCALES
from isocourse.words.units import GRAMS, LAB_FACTORS


@cache
def measures_of(pack_size: int | None, units: Sequence[str]) -> Measures:
    """The units in the order given, and the packs of a place."""
    lab = {(test, unit): of for test, all_of in LAB_FACTORS.items() for unit, of in all_of.items()}
    return Measures(
        units=len(units),
        weight_factor=np.array([float(GRAMS.get(unit, 0)) for unit in units]),
        weight_low=np.array([float(WEIGHTS.get(unit, (0, 0))[0]) for unit in units]),
        weight_high=np.array([float(WEIGHTS.get(unit, (0, 0))[1]) for unit in units]),
        lab_factor=np.array([[float(lab.get((t, u), 0)) for u in units] for t in LAB_TESTS]),
        lab_below=np.array(
            [[lab_below(t, u) if (t, u) in lab else 0.0 for u in units] for t in LAB_TESTS]
        ),
        score_low=np.array([float(SCORES[each][0]) for each in INSTRUMENTS]),
        score_high=np.array([float(SCORES[each][1]) for each in INSTRUMENTS]),
        scale_top=np.array([float(SCALE_TOPS[each]) for each in SCALES]),
        dose_unit=units.index(DOSE_UNITS[0]),
        dose_least=LEAST_MG,
        dose_most=float(MOST_DAILY_MG),
        strength_most=float(MOST_MG),
        count_most=MOST_CAPSULES,
        pack_size=pack_size or 0,
    )
