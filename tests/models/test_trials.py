"""Trial files: what is read, what is refused, what is predicted."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from tests.cli.running import answered, call, refused
from tools.pages.unexpressed import UNEXPRESSED

from isocourse import evidence
from isocourse.models.quantities import QUANTITIES, TIMELESS
from isocourse.models.shipped import is_fitted, shipped_trials
from isocourse.models.trial import run_trial
from isocourse.models.trial_file import BadTrial, read_trial, result_schema, trial_schema

TEXT = """
format = "isocourse.trial/1"
title = "Two doses"
cites = "invented"
[population]
n = 60
weight_kg = { mean = 70, sd = 12 }
[[arm]]
name = "half"
regimen = [{ dose = 0.5, unit = "mg/kg/day", doses_per_day = 2, weeks = 16 }]
[[arm]]
name = "once"
food = "fasted"
regimen = [{ dose = 80, unit = "mg", once = true }]
[[outcome]]
arm = "half"
quantity = "sebum_fall_pct"
at = { week = 16 }
observed = 89
band = [80, 95]
"""


def outcome(**keys: Any) -> str:
    """One more outcome as TOML."""
    return "\n[[outcome]]\n" + "\n".join(f"{name} = {value}" for name, value in keys.items())


def everything() -> str:
    """An outcome for every quantity there is."""
    said = ""
    for name in QUANTITIES:
        at = "{ weeks_after_stop = 52 }" if name.startswith("relapse") else "{ week = 16 }"
        at = "{ hours = 0 }" if name in TIMELESS else at
        said += outcome(arm='"half"', quantity=f'"{name}"', at=at)
    return TEXT + said


def test_every_quantity_is_predicted_with_its_scatter_and_fits_the_schema() -> None:
    made = run_trial(read_trial(everything().encode()), people=400)
    for each in made.outcomes:
        said = each.json()
        jsonschema.validate(said, result_schema())
        assert said["predicted"] is not None, said["quantity"]
        assert said["low"] <= said["high"]
        if each.asked.quantity.endswith("_share"):
            assert 0 <= said["predicted"] <= 1
        if "_fall_pct" in each.asked.quantity:
            assert 0 <= said["predicted"] <= 100


def test_the_scatter_is_that_of_the_size_of_the_trial() -> None:
    small, large = (
        run_trial(read_trial(TEXT.replace("n = 60", f"n = {n}").encode())).outcomes[0]
        for n in (20, 2000)
    )
    assert small.low is not None and small.high is not None and small.predicted is not None
    assert large.low is not None and large.high is not None
    assert 5 < (small.high - small.low) / (large.high - large.low) < 20
    assert small.predicted == pytest.approx(large.predicted, abs=0.5)


def test_a_ratio_is_that_of_two_arms() -> None:
    more = outcome(
        arm='"once"', quantity='"isotretinoin_auc_ng_h_ml"', at="{ hours = 0 }", ratio_to='"once"'
    )
    assert run_trial(read_trial((TEXT + more).encode())).outcomes[1].predicted == pytest.approx(1)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("isocourse.trial/1", "isocourse.trial/9", "format: found 'isocourse.trial/9'"),
        ("n = 60", "n = 0", "population.n: found 0"),
        ("n = 60", "n = 2.5", "population.n: found 2.5"),
        ("mean = 70", "mean = 0", "population.weight_kg.mean: found 0"),
        ("mean = 70", "mean = nan", "population.weight_kg.mean: found nan"),
        ("sd = 12", "spread = 12", "spread: there is no such key"),
        ("weeks = 16", "weeks = -16", "arm.1.regimen.1.weeks: found -16"),
        ("dose = 0.5", "dose = 50", "20 at most"),
        ("dose = 0.5", 'dose = "half"', "arm.1.regimen.1.dose: found 'half'"),
        ("mg/kg/day", "mg/lb/day", "arm.1.regimen.1.unit"),
        ("doses_per_day = 2, weeks = 16", "doses_per_day = 2", "arm.1.regimen.1: write weeks"),
        ("doses_per_day = 2", "days_on = 3", "go together"),
        ("once = true", "once = true, weeks = 2", "no weeks"),
        ('name = "once"', 'name = "half"', "two of one name"),
        ('food = "fasted"', 'food = "hungry"', "arm.2.food: found 'hungry'"),
        ("sebum_fall_pct", "sebum_fall", "did you mean sebum_fall_pct"),
        ("{ week = 16 }", "{ week = 16, hours = 0 }", "write one of"),
        ("{ week = 16 }", "{ day = 16 }", "no such key"),
        ("{ week = 16 }", "{ hours = 0 }", "write week"),
        ("[80, 95]", "[95, 80]", "lower end first"),
        ("[80, 95]", "[80]", "outcome.1.band"),
        ('arm = "half"', 'arm = "third"', "outcome.1.arm: found 'third'"),
        ('arm = "half"', 'arm = "once"', "takes one dose"),
        ("[population]", "[people]", "population: it is missing"),
        ("[population]", "[population", "not readable as TOML"),
    ],
)
def test_a_bad_file_is_told_its_place_and_what_to_do(old: str, new: str, told: str) -> None:
    assert old in TEXT
    with pytest.raises(BadTrial) as bad:
        read_trial(TEXT.replace(old, new, 1).encode(), "some.trial.toml")
    assert told in str(bad.value)
    assert all(line.startswith("some.trial.toml: ") for line in str(bad.value).splitlines())


def test_the_command_prints_lines_a_table_and_a_picture(tmp_path: Path) -> None:
    file, plot = tmp_path / "two.trial.toml", tmp_path / "two.svg"
    file.write_text(TEXT, encoding="utf-8")
    lines = answered(call("trial", str(file), "--json", "--plot", str(plot)))
    said = json.loads(lines)
    assert said["trial"] == "Two doses" and said["agrees"] is True
    assert answered(call("trial", str(file), "--json")) == lines, "same seed, same bytes"
    assert answered(call("trial", str(file), "--json", "--seed", "2")) != lines
    picture = plot.read_text(encoding="utf-8")
    assert picture.startswith("<svg") and "sebum fall, %" in picture and "week" in picture
    assert "1 of 1 inside" in answered(call("trial", str(file)))


@pytest.mark.parametrize("change", [lambda t: "", lambda t: t.replace("n = 60", "n = -1")])
def test_the_command_refuses_what_it_cannot_use(
    tmp_path: Path, change: Callable[[str], str]
) -> None:
    file = tmp_path / "bad.trial.toml"
    file.write_text(change(TEXT), encoding="utf-8")
    assert "bad.trial.toml" in refused(call("trial", str(file)))
    assert "no such file" in refused(call("trial", str(tmp_path / "none.toml")))


def test_the_schema_takes_every_shipped_trial_and_refuses_an_unknown_key() -> None:
    schema = json.loads(answered(call("schema", "trial")))
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema == trial_schema()
    for file in shipped_trials().values():
        jsonschema.validate(file.model_dump(exclude_unset=True), schema)
    bad = next(iter(shipped_trials().values())).model_dump(exclude_unset=True) | {"extra": 1}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(bad, schema)


@pytest.mark.parametrize("name", shipped_trials())
def test_a_shipped_trial_cites_what_is_there_and_observes_what_was_measured(name: str) -> None:
    file = shipped_trials()[name]
    evidence.passage(file.cites)
    for each in file.outcome:
        assert each.measurement is not None and each.band is not None
        assert (
            evidence.measurement(each.measurement).source.partition("#")[0]
            == (file.cites.partition("#")[0])
        )


def test_a_measurement_that_may_be_fitted_is_an_outcome_or_says_why_it_is_none() -> None:
    used = {each.measurement for file in shipped_trials().values() for each in file.outcome}
    may = {key for key, each in evidence.measurements().items() if each.use == "calibrate"}
    assert may - used == UNEXPRESSED.keys()


def test_nine_in_ten_of_the_figures_that_were_fitted_agree() -> None:
    fitted = [
        each.agrees
        for file in shipped_trials().values()
        if any(is_fitted(asked) for asked in file.outcome)
        for each in run_trial(file, people=2000).outcomes
        if is_fitted(each.asked)
    ]
    assert len(fitted) >= 80
    assert sum(map(bool, fitted)) >= 0.9 * len(fitted)
