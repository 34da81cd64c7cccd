"""How hard Hypothesis looks: HYPOTHESIS_PROFILE is "ci", or "soak" for twenty times more.

The examples of "ci" are the same in every run, so that a change is judged by what it changes;
"soak" looks elsewhere each time.
"""

import os

from hypothesis import HealthCheck, settings

_SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]

settings.register_profile(
    "ci", max_examples=100, deadline=None, derandomize=True, suppress_health_check=_SLOW
)
settings.register_profile("soak", settings.get_profile("ci"), max_examples=2000, derandomize=False)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))
