"""Calendar arithmetic for the compiled pass: the functions of `words.days`, made known to numba."""

from typing import Any

from numba.extending import register_jitable

from isocourse.facts.compiled import shared
from isocourse.words.days import (
    civil,
    first_of_month,
    months_later,
    whole_months,
    whole_years,
)

register_jitable(civil)
register_jitable(first_of_month)
register_jitable(whole_months)

day_of_months: Any = shared(months_later)
months_between: Any = shared(whole_months)
years_between: Any = shared(whole_years)
