"""The look-up of known vulnerabilities never calls clean what it did not look up."""

import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest
from tests.project.tree import ROOT

_SPEC = importlib.util.spec_from_file_location("audit", ROOT / "tools" / "audit.py")
assert _SPEC is not None and _SPEC.loader is not None
audit: Any = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(audit)

GOOD = {"name": "a", "version": "1", "vulns": []}
BAD = {"name": "b", "version": "2", "vulns": [{"id": "PYSEC-1"}]}
SKIPPED = {"name": "c", "skip_reason": "not found"}


@pytest.mark.parametrize(
    ("packages", "status"),
    [
        ([GOOD, GOOD], audit.CLEAN),
        ([GOOD, BAD], audit.KNOWN),
        ([GOOD], audit.NOT_LOOKED_UP),
        ([GOOD, SKIPPED], audit.NOT_LOOKED_UP),
        ([BAD, SKIPPED], audit.NOT_LOOKED_UP),
    ],
)
def test_what_an_answer_comes_to(packages: list[Any], status: int) -> None:
    found, words = audit.judged(json.dumps({"dependencies": packages}), "", 2)
    assert found == status and ("NOT LOOKED UP" in words) == (status == audit.NOT_LOOKED_UP)


@pytest.mark.parametrize("answer", ["", "{}", "[]", "No known vulnerabilities found"])
def test_no_answer_is_said_loudly(answer: str) -> None:
    status, words = audit.judged(answer, "first line\nConnectionError: no route", 2)
    assert status == audit.NOT_LOOKED_UP and "NOT LOOKED UP" in words and "no route" in words


def test_every_pin_of_the_lock_counts() -> None:
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    assert audit.pinned(lock) > 100
    assert audit.pinned("a==1 \\\n    --hash=sha256:x\n# via b==2\nc==3 ; x == 'y' \\\n") == 2


def test_the_list_of_parts_names_what_is_installed(tmp_path: Path) -> None:
    audit.sbom(tmp_path / "sbom.json")
    said = json.loads((tmp_path / "sbom.json").read_text("utf-8"))
    names = {each["name"].lower() for each in said["components"]}
    assert said["bomFormat"] == "CycloneDX" and {"django", "numba", "cryptography"} <= names
