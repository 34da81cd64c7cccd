"""The validator of others, with the definitions that HL7 published for R4 (4.0.1)."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.exchange.fhir.bundles import packed


def validator(folder: Path) -> Callable[[Any], list[str]]:
    """What the validator holds against a resource."""
    from pyrofile_validator import Validator
    from pyrofile_validator.config import ValidatorConfig

    for number, each in enumerate(packed("definitions.json.gz")):
        (folder / f"{number}.json").write_text(json.dumps(each), encoding="utf-8")
    config = ValidatorConfig(local_package_paths=[str(folder)], allow_unknown_extensions=True)
    held = Validator(config)

    def found(resource: Any) -> list[str]:
        issues = held.validate_resource(resource).issues
        return [f"{e.code}: {e.message}" for e in issues if e.severity.value in ("error", "fatal")]

    return found
