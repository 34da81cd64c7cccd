"""Isocourse: runs an oral isotretinoin course, from a course file to a cited answer.

The drug model is here too: `from isocourse import Phase, Taking, simulate_population`; and a
registry as a Polars frame: `from isocourse import assess_table`.
"""

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from isocourse.exchange.many import assess_table
    from isocourse.models import (
        Phase,
        Population,
        Taking,
        read_trial,
        run_trial,
        simulate_person,
        simulate_population,
    )

__all__ = [
    "Phase",
    "Population",
    "Taking",
    "__version__",
    "assess_table",
    "read_trial",
    "run_trial",
    "simulate_person",
    "simulate_population",
]


def __getattr__(name: str) -> Any:
    """The drug model and tables, loaded when they are first asked for."""
    if name == "assess_table":
        from isocourse.exchange.many import assess_table

        return assess_table
    if name in __all__:
        from isocourse import models

        return getattr(models, name)
    raise AttributeError(f"module 'isocourse' has no attribute {name!r}")
