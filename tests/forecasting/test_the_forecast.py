"""The forecast of a course: narrower with each visit, honest where the record disagrees."""

import json
from datetime import timedelta

import numpy as np
import pytest
from tests.forecasting.courses import DAY, START, course, event, supply, told, usual

from isocourse.course.forecasting.drawing import panels, picture
from isocourse.course.forecasting.telling import forecast_json


def band(of: dict[str, object], quantity: str, week: int) -> float:
    """The upper by the lower end of the outer band in a week of the first regimen."""
    found = of["regimens"][0]["quantities"][quantity]  # type: ignore[index]
    return float(found["95"][week - 1] / found["5"][week - 1])


def test_the_same_question_gives_the_same_bytes_in_any_order_of_events() -> None:
    made = usual(event(20, "lesions", 28, papules_pustules=30))
    turned = made.model_copy(update={"events": tuple(reversed(made.events))})
    one, two = (json.dumps(forecast_json(told(each))) for each in (made, turned))
    assert one == two == json.dumps(forecast_json(told(made)))
    assert one != json.dumps(forecast_json(told(made, seed=2)))


def test_a_visit_narrows_the_forecast() -> None:
    before = forecast_json(told(usual(), people=1024))
    seen = usual(
        event(20, "lesions", 28, papules_pustules=30), event(21, "lesions", 56, papules_pustules=12)
    )
    after = forecast_json(told(seen, people=1024))
    for week in (4, 8):
        assert band(after, "papules_pustules", week) < 0.7 * band(before, "papules_pustules", week)


def test_a_count_beyond_what_the_model_explains_is_said() -> None:
    made = forecast_json(told(usual(event(20, "lesions", 60, papules_pustules=150))))
    (said,) = made["disagrees"]
    assert said["event"] == "e20" and "more than the model can explain" in said["sentence"]
    assert not forecast_json(told(usual()))["disagrees"]


def test_a_higher_dose_is_done_sooner_and_dries_more() -> None:
    made = {each["key"]: each for each in forecast_json(told(usual()))["regimens"]}
    assert made["label_high"]["ends"] < made["as_now"]["ends"] < made["once"]["ends"]
    assert made["label_high"]["dry_by"]["dry_skin"][-1] >= made["low"]["dry_by"]["dry_skin"][-1]
    low, high = (made[key]["relapse_by_month"]["relapse_systemic_share"] for key in ("low", "once"))
    assert low[-1] >= high[-1]


def test_shares_rise_where_they_are_told_by_then_and_stay_shares() -> None:
    for each in forecast_json(told(usual()))["regimens"]:
        for row in (*each["dry_by"].values(), *each["over_by"].values(), each["clear_by"]):
            assert (np.diff(row) >= 0).all() and 0 <= row[0] <= row[-1] <= 1
        for row in each["relapse_by_month"].values():
            assert len(row) == 36 and (np.diff(row) >= 0).all()


def test_the_chance_of_a_gap_rests_on_this_patients_own_supplies() -> None:
    made = {each["key"]: each for each in forecast_json(told(usual()))["regimens"]}
    # three supplies without a gap; 85 days are 2 more after the next: 1 - 4/5 * 5/6
    days = made["label_high"]["days"]
    assert days == 85
    assert made["label_high"]["chance_of_gap"] == pytest.approx(1 - 4 / 5 * 5 / 6, abs=1e-3)
    not_begun = course(event(1, "weight", 0, value=60, unit="kg"))
    assert all(e["chance_of_gap"] is None for e in forecast_json(told(not_begun))["regimens"])


def test_a_patient_who_has_not_begun_has_a_forecast_from_the_next_day() -> None:
    made = forecast_json(told(course(event(1, "weight", 0, value=60, unit="kg"))))
    assert made["week"] == 0 and made["taken_mg"] == 0
    assert {each["key"] for each in made["regimens"]} >= {"label_high", "label_low", "low"}


def test_a_course_that_was_stopped_goes_on_with_nothing_as_now() -> None:
    made = told(usual(event(20, "stop", 60, reason="clear")), at=START + timedelta(days=120))
    assert "as_now" not in {each.regimen.key for each in made.outlooks}


def test_a_meal_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="'soup', expected one of high_fat, ordinary, fasted"):
        told(usual(), food="soup")


def test_every_panel_says_in_words_what_it_shows() -> None:
    made = told(usual(event(20, "lab", 28, test="triglycerides", value=260, unit="mg/dL")))
    shown = panels(made, made.outlooks[0])
    assert len(shown) == 7 and all(each.words and each.title in each.svg for each in shown)
    whole = picture(made, made.outlooks[0])
    assert whole.count("<svg") == 1 and "nan" not in whole and "limit 500" in whole


def test_progress_is_told_up_to_the_end() -> None:
    found: list[float] = []
    told(usual(), told=found.append)
    assert found == sorted(found) and found[-1] == pytest.approx(1.0)


def test_a_day_whose_rules_are_not_known_is_refused() -> None:
    from isocourse.course import NoValue

    with pytest.raises(NoValue):
        told(usual(), at=DAY.replace(year=1990))


def test_every_forecast_is_what_its_schema_says() -> None:
    from jsonschema import Draft202012Validator

    from isocourse.course.forecasting.schema import forecast_schema

    check = Draft202012Validator(forecast_schema())
    seen = usual(event(20, "lesions", 60, papules_pustules=150))
    bare = course(event(1, "cycle", 0, regular=True), sex="unknown")
    for each in (usual(), seen, bare, usual(weight=None)):
        check.validate(forecast_json(told(each, people=128)))


def test_missed_doses_go_on_being_missed() -> None:
    missed = event(20, "patient_report", 60, what="missed_doses", count=7)
    made = forecast_json(told(usual(missed)))
    assert made["adherence"] == pytest.approx(0.9)  # 7 of 70
    assert made["regimens"][0]["days"] > forecast_json(told(usual()))["regimens"][0]["days"]


def test_the_meal_supposed_is_that_of_the_patients_capsules() -> None:
    asked = {}
    for formulation in ("conventional", "lidose"):
        prescribed = supply(30, 63, 30, 28, formulation=formulation)
        made = told(usual(*prescribed).model_copy(update={"place": "us"}), people=128)
        asked[formulation] = made.food
    assert asked == {"conventional": "high_fat", "lidose": "ordinary"}
