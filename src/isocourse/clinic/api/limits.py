"""How much an application may ask for; the numbers and their reasons stand in limits.toml."""

import tomllib
from datetime import timedelta
from importlib.resources import files

_TABLE = tomllib.loads(files("isocourse.clinic.api").joinpath("limits.toml").read_text("utf-8"))

USUAL_LIFE = timedelta(days=_TABLE["lives_days"]["usual"])
LONGEST_LIFE = timedelta(days=_TABLE["lives_days"]["longest"])
A_MINUTE: int = _TABLE["requests_a_minute"]["most"]
EVENTS_AT_ONCE: int = _TABLE["events_at_once"]["most"]
A_PAGE: int = _TABLE["page"]["usual"]
LONGEST_PAGE: int = _TABLE["page"]["most"]
