"""The tables that lie beside the forms, each row with its source and how sure it is."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table(name: str) -> Mapping[str, Any]:
    """A table by its name."""
    text = files("isocourse.clinic.visits").joinpath(f"{name}.toml").read_text("utf-8")
    return tomllib.loads(text)
