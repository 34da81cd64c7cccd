"""Values are dated, by place, cited, and nothing stands in for one that is missing."""

import json
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from tests.rules.editions import editions

from isocourse import evidence
from isocourse.course import DEFAULT, NoValue, Settings, assess
from isocourse.course.dosing import dosing
from isocourse.course.edition import InForce, _row, rules_in_force
from isocourse.course.forecasting import regimens
from isocourse.course.forecasting.seen import seen
from isocourse.course.place import breakpoints, place_table
from isocourse.course.planning import plan
from isocourse.course.worked import changed, patients
from isocourse.events import Course, Patient, read_course
from isocourse.facts import columns
from isocourse.rules import PARENTS, Starts, Value, first_day, in_force, values
from isocourse.rules.book import LAYERS
from isocourse.rules.reading import read
from isocourse.rules.values import BadValues, Row, _read
from isocourse.words.codes import Role, Setting, Severity
from isocourse.words.tokens import CATEGORY_REASONS, COURSE_FORMAT, METHODS, PLACES

STARTS = Starts()
CITED = ("eu-ppp-2018#in-force",)


def value(*rows: tuple[str, str, Any]) -> Value:
    made = tuple(Row(place, date.fromisoformat(since), held, CITED) for place, since, held in rows)
    return Value("supply", "some_days", "days", "For a test.", made)


def held(of: Value, place: str, day: str) -> Any:
    return in_force(of, place, date.fromisoformat(day), STARTS).value


def test_a_row_holds_from_its_first_day_until_the_next_begins() -> None:
    of = value(("uk", "2020-01-01", 7), ("uk", "2024-02-29", 5))
    assert held(of, "uk", "2020-01-01") == 7
    assert held(of, "uk", "2024-02-28") == 7
    assert held(of, "uk", "2024-02-29") == 5
    assert held(of, "uk", "2100-01-01") == 5


def test_the_order_of_rows_says_nothing() -> None:
    of = value(("uk", "2024-02-29", 5), ("uk", "2020-01-01", 7))
    assert held(of, "uk", "2022-01-01") == 7
    assert held(of, "uk", "2025-01-01") == 5


def test_the_national_row_comes_before_that_of_the_eu_even_when_it_is_older() -> None:
    of = value(("fr", "2019-01-01", 3), ("eu", "2018-01-01", 4), ("eu", "2023-01-01", 6))
    assert held(of, "fr", "2018-06-01") == 4
    assert held(of, "fr", "2019-01-01") == 3
    assert held(of, "fr", "2026-01-01") == 3
    assert held(of, "de", "2026-01-01") == 6
    assert held(of, "eu", "2026-01-01") == 6


def test_only_these_places_take_what_they_lack_from_the_eu() -> None:
    assert PARENTS == {"de": "eu", "fr": "eu", "it": "eu"}
    of = value(("eu", "2018-01-01", 4))
    for place in ("us", "uk", "in"):
        with pytest.raises(NoValue):
            held(of, place, "2026-01-01")


def test_what_holds_everywhere_comes_last() -> None:
    of = value(("all", "2024-01-01", 1), ("eu", "2018-01-01", 4), ("it", "2020-01-01", 2))
    assert [held(of, place, "2026-01-01") for place in ("it", "de", "us")] == [2, 4, 1]


def test_a_row_that_says_none_is_an_answer_and_not_a_gap() -> None:
    """Germany without a limit is not Germany with the limit of the EU."""
    of = value(("eu", "2018-01-01", 4), ("de", "2018-01-01", None))
    assert held(of, "de", "2026-01-01") is None


def test_a_missing_row_is_an_error_that_names_the_value_the_place_and_the_day() -> None:
    of = value(("us", "2020-01-01", 7))
    with pytest.raises(NoValue, match=r"supply\.some_days for 'uk' on 2026-03-02.*2018-06-21"):
        held(of, "uk", "2026-03-02")
    with pytest.raises(NoValue, match=r"supply\.some_days for 'us' on 2019-12-31"):
        held(of, "us", "2019-12-31")


@pytest.mark.parametrize("place", PLACES)
def test_every_value_holds_at_every_place_from_its_first_day(place: str) -> None:
    first = first_day(place, STARTS)
    for day in (first, *(each for each in breakpoints(()) if each > first), date(2100, 1, 1)):
        for each in values().values():
            in_force(each, place, day, STARTS)


@pytest.mark.parametrize("place", PLACES)
def test_the_day_before_the_first_is_refused_by_name(place: str) -> None:
    first = first_day(place, STARTS)
    rules_in_force(place, first, DEFAULT)
    with pytest.raises(NoValue, match=f"{place!r}.*{first}"):
        rules_in_force(place, first - timedelta(days=1), DEFAULT)


def test_no_two_rows_of_a_place_begin_on_one_day() -> None:
    for name, each in values().items():
        begun = [(row.place, STARTS.day(row.since)) for row in each.rows]
        assert len(set(begun)) == len(begun), name


@pytest.mark.parametrize("topic", sorted({each.topic for each in values().values()}))
def test_every_row_cites_passages_that_exist_and_begins_with_a_source_that_has_a_day(
    topic: str,
) -> None:
    for name, each in values().items():
        for row in each.rows:
            assert row.cites, name
            for key in row.cites:
                assert evidence.passage(key).key == key, name
            assert isinstance(STARTS.day(row.since), date), name
            assert row.place in (*PLACES, "all"), name


def _is_whole(least: int) -> Callable[[Any], bool]:
    return lambda said: type(said) is int and said >= least


def _listed(words: Any) -> Callable[[Any], bool]:
    return lambda said: isinstance(said, list) and set(said) <= set(words)


_ROLES = [role.name.lower() for role in Role]
_SETTINGS = [each.name.lower() for each in Setting]
_CHECKS: dict[str, Callable[[Any], bool]] = {
    "yes/no": lambda said: type(said) is bool,
    "layer": lambda said: said in LAYERS,
    "whom": lambda said: said in (None, "all", "can", "cannot"),
    "roles": _listed(_ROLES),
    "grade": lambda said: said in (1, 2, 3, 4),
    "words": lambda said: (
        isinstance(said, (list, str)) and bool(said or said == []) and len(set(said)) <= len(said)
    ),
    "word": lambda said: said is None or isinstance(said, str),
    "strengths in mg": lambda said: isinstance(said, list) and said == sorted(set(said)),
}
_MAY_BE_NONE = ("days", "capsules", "times the upper limit", "µmol/L", "visits")


@pytest.mark.parametrize("name", sorted(values()))
def test_a_value_is_what_its_unit_says_and_never_a_fraction(name: str) -> None:
    each = values()[name]
    check = _CHECKS.get(each.unit)
    for row in each.rows:
        if check is not None:
            assert check(row.value), row
        else:
            none = row.value is None and (
                each.unit in _MAY_BE_NONE or each.unit.endswith(", or none")
            )
            assert none or _is_whole(0)(row.value), row


_WORDS = {
    "pregnancy.accepted_reasons": CATEGORY_REASONS,
    "pregnancy.first_test_settings": _SETTINGS,
    "pregnancy.later_test_settings": _SETTINGS,
    "pregnancy.safeguard_settings": _SETTINGS,
    "pregnancy.methods_alone": METHODS,
    "pregnancy.methods_primary": METHODS,
    "pregnancy.methods_second": METHODS,
    "pregnancy.hormonal_methods": METHODS,
}
_ONE_OF = {
    "pregnancy.test_counted_to": ("hand_over", "prescription", "certified"),
    "eligibility.soya_allergy": ("forbids", "product"),
    "eligibility.label_severity": [each.name.lower() for each in Severity],
    "eligibility.guideline_severity": [each.name.lower() for each in Severity],
    "stopping.relapse_severe": [each.name.lower() for each in Severity],
    "eligibility.resistant_severity": [each.name.lower() for each in Severity],
}


def test_words_are_those_that_rules_and_the_pass_know() -> None:
    for name, words in _WORDS.items():
        for row in values()[name].rows:
            assert set(row.value) <= set(words), name
    for name, each in values().items():
        if each.unit == "word":
            known = _ONE_OF.get(name, ("forbids", "cautions", None))
            assert all(row.value in known for row in each.rows), name


class Listening(dict[str, Value]):
    """Every value, noting which of them is asked for."""

    def __init__(self, held: Mapping[str, Value]) -> None:
        super().__init__(held)
        self.asked: set[str] = set()

    def __getitem__(self, name: str) -> Value:
        self.asked.add(name)
        return super().__getitem__(name)


def test_every_value_is_looked_at_by_a_rule_the_pass_or_the_front_door(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A value that nobody reads is a rule that somebody forgot."""
    listening = Listening(values())
    for module in ("rules.reading", "course.place", "course.edition"):
        monkeypatch.setattr(f"isocourse.{module}.values", lambda: listening)
    known = frozenset(each.name for each in columns())
    for each in editions().values():
        read(each.edition, known)
        place_table(each.edition.place, each.edition.day, STARTS)
        stage_and_windows(each)
        dosing(lambda name, of=each.edition: _row(listening[name], of))
    plan(_of_a_patient("us", "- prescription"), date(2026, 11, 20))
    regimens(seen(_of_a_patient("us", "- prescription"), date(2026, 11, 20), None, DEFAULT))
    assert listening.asked == set(values())


def _of_a_patient(place: str, changes: str) -> Course:
    file = changed(dict(patients()[f"{place}-man"]), changes)
    return read_course(json.dumps(file))


def stage_and_windows(rules: InForce) -> None:
    """Ask what the front door itself asks, for a patient of this edition."""
    patient = Patient(birth_date=date(2000, 1, 1), sex="unknown")
    said = {"format": COURSE_FORMAT, "course_id": "any", "patient": patient, "events": ()}
    course = Course(place=rules.edition.place, **said)
    assess(course, rules.edition.day)


GOOD = {
    "unit": "days",
    "meaning": "How long.",
    "rows": [{"place": "us", "since": "us-ipledge-2021", "value": 7, "cites": list(CITED)}],
}


def test_a_table_in_the_agreed_form_is_read() -> None:
    several = {"place": ["us", "uk"], "since": date(2020, 1, 1), "value": "none", "cites": CITED}
    read = _read("supply", "some_days", GOOD | {"rows": [several]})
    assert [(row.place, row.value) for row in read.rows] == [("us", None), ("uk", None)]


@pytest.mark.parametrize(
    "table",
    [
        7,
        {"unit": "days", "rows": GOOD["rows"]},
        GOOD | {"note": "x"},
        GOOD | {"rows": [{"place": "us", "since": "us-ipledge-2021", "value": 7}]},
        GOOD | {"rows": [{"place": "us", "since": "us-ipledge-2021", "cites": list(CITED)}]},
        GOOD | {"rows": [{**GOOD["rows"][0], "cites": []}]},
        GOOD | {"rows": [{**GOOD["rows"][0], "until": "2027-01-01"}]},
    ],
)
def test_a_table_that_is_not_in_the_agreed_form_is_refused_with_its_place(table: Any) -> None:
    with pytest.raises(BadValues, match=r"^rules/supply/values\.toml \[some_days\]: "):
        _read("supply", "some_days", table)


@pytest.mark.parametrize(
    "key", ["us-ipledge-2021#nowhere", "nobody-2021#window", "us-ipledge-2021"]
)
def test_a_row_that_cites_what_is_not_there_is_refused(key: str) -> None:
    with pytest.raises(evidence.NoSuchEvidence):
        _read("supply", "some_days", GOOD | {"rows": [{**GOOD["rows"][0], "cites": [key]}]})


def test_a_source_without_a_day_begins_nothing() -> None:
    undated = next(k for k, each in evidence.sources().items() if each.in_force_from is None)
    with pytest.raises(BadValues, match=undated):
        STARTS.day(undated)


def test_a_clinic_moves_the_start_of_a_programme_to_the_day() -> None:
    later = Settings("later", Starts({"us-ipledge-2026": date(2026, 12, 1)}))
    for settings, first in ((DEFAULT, date(2026, 11, 15)), (later, date(2026, 12, 1))):
        before = rules_in_force("us", first - timedelta(days=1), settings)
        after = rules_in_force("us", first, settings)
        assert before.value("pregnancy.lock_out_days") == 19
        assert after.value("pregnancy.lock_out_days") == 0
