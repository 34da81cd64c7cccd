"""The measurements: each rests on a passage, and a bad table is refused."""

from typing import Any

import pytest

from isocourse import evidence
from isocourse.evidence import BadEvidenceFile, NoSuchEvidence
from isocourse.evidence.measurements import read_measurement

HELD = evidence.measurements()


def test_every_measurement_rests_on_a_passage_that_is_there() -> None:
    for each in HELD.values():
        evidence.passage(each.source)


def test_what_is_only_recalled_is_never_fitted_unless_it_says_so_on_its_passage() -> None:
    """The label's kinetic tables are the one case: see How far to trust the model."""
    recalled = {m.source for m in HELD.values() if m.use == "calibrate" and m.confidence != "read"}
    assert recalled == {"us-label-accutane#kinetics"}
    assert evidence.passage("us-label-accutane#kinetics").confidence == "provisional"


def test_a_measurement_says_its_figure() -> None:
    assert evidence.measurement("SB03").said == "75"
    assert evidence.measurement("PK01").said == "1.5 to 2"
    assert evidence.measurement("CA01").said == "qual"
    with pytest.raises(NoSuchEvidence, match="SB99"):
        evidence.measurement("SB99")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"value": None}, "write a value"),
        ({"unit": None}, "'unit' is missing"),
        ({"use": "guess"}, "'use' is 'guess'"),
        ({"confidence": "sure"}, "'confidence' is 'sure'"),
        ({"n": 12}, "'n' is 12"),
        ({"sd": 3}, "unknown key 'sd'"),
    ],
)
def test_a_bad_table_is_refused(change: dict[str, Any], told: str) -> None:
    good = {"source": "a#b", "quantity": "q", "unit": "%", "confidence": "read"}
    table = good | {"use": "context", "value": 1} | change
    with pytest.raises(BadEvidenceFile, match=told):
        read_measurement("m", "X1", {k: v for k, v in table.items() if v is not None})
