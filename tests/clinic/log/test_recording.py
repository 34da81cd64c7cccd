"""Recorded: dated by the server, kept encrypted, refused whole when it is unusable."""

import json
from datetime import timedelta

import pytest
from cryptography.fernet import Fernet
from django.db import connection
from tests.clinic import team

from isocourse.clinic.log import clock
from isocourse.clinic.log.models import Course, DataKey, Entry, Term
from isocourse.clinic.log.reading import read
from isocourse.clinic.log.recording import Refused, record, retract
from isocourse.clinic.log.sealing import locked_anew, searched, term, words_of
from isocourse.course import assess


def test_an_event_is_kept_with_who_and_when_by_the_servers_clock(database: str) -> None:
    course = team.opened(team.clinic())
    by = team.writer(course.clinic, "nurse")
    later = clock.now() + timedelta(days=3)
    with clock.standing_at(later):
        record(course, by, [{**team.WEIGHT, "recorded_at": "2001-01-01", "by": {"role": "gp"}}])
    (event,) = read(course).events
    assert event["by"] == {"role": "specialist_nurse", "name": str(by.user)}
    assert event["value"] == 61 and event["id"] == "e3"
    assert Entry.objects.latest("number").recorded_at == later
    assert read(course).as_read.events[0].recorded_at == later


def test_the_order_of_the_log_stands_even_when_the_clock_goes_back(database: str) -> None:
    course = team.opened(team.clinic())
    with clock.standing_at(clock.now() - timedelta(hours=2)):
        record(course, team.writer(course.clinic), [team.WEIGHT])
    times = list(Entry.objects.order_by("number").values_list("recorded_at", flat=True))
    assert times == sorted(times)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({**team.WEIGHT, "unit": "stone"}, "stone"),
        ({**team.WEIGHT, "at": "2199-01-01"}, "2199-01-01"),
        ({"kind": "no_such", "at": "2026-01-01"}, "no_such"),
        ({"kind": "retract", "at": "2026-01-01", "event": "e99"}, "e99"),
        ({**team.WEIGHT, "id": "e3"}, "e3"),
    ],
)
def test_what_cannot_be_used_is_refused_whole(sqlite: str, wrong: object, told: str) -> None:
    course = team.opened(team.clinic())
    record(course, team.writer(course.clinic), [team.WEIGHT])
    with pytest.raises(Refused) as refused:
        record(course, team.writer(course.clinic), [team.WEIGHT, wrong])  # type: ignore[list-item]
    assert told in str(refused.value)
    assert Entry.objects.count() == 3


def test_a_mistake_is_taken_back_with_a_reason_and_stays_in_the_log(database: str) -> None:
    course = team.opened(team.clinic())
    by = team.writer(course.clinic)
    record(course, by, [team.WEIGHT])
    with pytest.raises(Refused):
        retract(course, by, "e3", "  ")
    before = clock.now()
    retract(course, by, "e3", "weighed with a coat")
    held = read(course)
    assert [each["kind"] for each in held.events] == ["weight", "retract"]
    assert held.events[1]["note"] == "weighed with a coat"
    zone_now = clock.now().astimezone(held.zone)
    assert "weight_micrograms" not in assess(held.as_read, zone_now).facts
    now = assess(held.as_read, zone_now)
    then = assess(held.as_read, zone_now, known_at=before)
    assert now.facts != then.facts, "known then, it still counts"


def test_nothing_of_a_patient_stands_in_the_database_in_the_open(database: str) -> None:
    course = team.opened(team.clinic(), "Zdenka Quistgaard")
    event = {"kind": "condition", "at": "2026-11-01", "condition": "hyperlipidaemia"}
    note = {"status": "active", "note": "hypertriglyceridaemia runs in the family"}
    record(course, team.writer(course.clinic), [{**event, **note}])
    words = ("Zdenka", "zdenka", "Quistgaard", "2002-04-17", "hyperlipidaemia", "family")
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            text = json.dumps(cursor.fetchall(), default=str)
            assert not [word for word in words if word in text], table


def found(course: Course, typed: str) -> bool:
    held = Term.objects.filter(course=course)
    digests = [term(course.clinic_id, word) for word in searched(typed)]
    return bool(digests) and all(held.filter(digest=each).exists() for each in digests)


@pytest.mark.parametrize("typed", ["zden", "ZDENKA", "quistgaard zd3nka"[:10], "Zdeňka quist"])
def test_a_patient_is_found_by_the_beginning_of_a_name(sqlite: str, typed: str) -> None:
    course = team.opened(team.clinic(), "Zdeňka Quistgaard-Østergaardsen")
    assert found(course, typed)
    assert not found(course, "zdenko") and not found(course, "stgaard")
    assert not Term.objects.filter(digest=term(course.clinic_id + 1, "zden")).exists()


def test_words_of_a_name_hold_its_day_of_birth() -> None:
    assert "2002-04-17" in set(words_of("Ada", "2002-04-17"))


def test_the_key_of_the_environment_can_be_changed(sqlite: str, settings: object) -> None:
    from dataclasses import replace

    course = team.opened(team.clinic())
    old = settings.SECRETS  # type: ignore[attr-defined]
    new = replace(old, data=(("t2", Fernet.generate_key()), *old.data))
    settings.SECRETS = new  # type: ignore[attr-defined]
    locked_anew(DataKey.objects.get(course=course)).save()
    settings.SECRETS = replace(new, data=new.data[:1])  # type: ignore[attr-defined]
    assert read(Course.objects.get(pk=course.pk)).identity["name"] == "Ada Berg"
    assert DataKey.objects.get(course=course).under == "t2"
