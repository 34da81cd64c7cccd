"""What a system reads: what its scopes name, of its own clinic, as it stands in the log."""

import json
from typing import Any

import pytest
from django.test import Client
from tests.clinic import team
from tests.clinic.fhir.system import Reader, registered
from tests.clinic.log.tampering import unguarded

from isocourse.clinic.access.models import Opening
from isocourse.clinic.log.erasing import erase
from isocourse.clinic.log.models import Course
from isocourse.clinic.log.reading import read
from isocourse.clinic.log.recording import record, retract
from isocourse.clinic.people.models import Clinic
from isocourse.exchange.endpoint.parameters import SERVED
from isocourse.exchange.fhir import read_bundle

PREGNANCY_TEST = "http://loinc.org|2106-3"


class Scene:
    """A clinic with two courses, another clinic with one, and a system of the first."""

    def __init__(self) -> None:
        self.clinic, self.other = team.clinic("Here"), team.clinic("There", "uk")
        self.course, self.supply = team.ready_to_hand_over(self.clinic)
        self.second = team.opened(self.clinic, "Bea Novak")
        self.elsewhere = team.opened(self.other, "Cora Vale")
        self.reader = Reader(registered(self.clinic))


@pytest.fixture
def scene(sqlite: str) -> Scene:
    return Scene()


def _events(course: Course) -> int:
    return course.entries.filter(form="event").count()


def test_every_type_that_is_announced_is_read_and_searched(scene: Scene) -> None:
    said = Client().get("/fhir/metadata", secure=True).json()
    assert [each["type"] for each in said["rest"][0]["resource"]] == list(SERVED)
    seen = set()
    for kind in SERVED:
        for each in scene.reader.found(
            f"{kind}?patient={scene.course.code}" if kind != "Patient" else kind
        ):
            again = scene.reader.get(f"{kind}/{each['id']}")
            assert again.status_code == 200 and again["Content-Type"].startswith(
                "application/fhir+json"
            )
            assert again["ETag"] == f'W/"{each["meta"]["versionId"]}"' and again["Last-Modified"]
            seen.add(kind)
    assert seen >= {"Patient", "Observation", "MedicationRequest", "MedicationDispense", "Task"}
    assert seen >= {"GuidanceResponse", "DetectedIssue", "Basic", "Encounter", "EpisodeOfCare"}


def test_a_patient_is_known_by_code_name_and_birth(scene: Scene) -> None:
    (found,) = scene.reader.found(f"Patient?identifier=urn:isocourse:course|{scene.course.code}")
    assert found["id"] == scene.course.code and found["name"][0]["text"] == "Ada Berg"
    assert [e["id"] for e in scene.reader.found("Patient?name=nov")] == [scene.second.code]
    assert scene.reader.found("Patient?birthdate=1950") == []
    born = found["birthDate"]
    assert scene.course.code in [e["id"] for e in scene.reader.found(f"Patient?birthdate={born}")]


def test_another_clinic_sees_nothing_of_it(scene: Scene) -> None:
    code = scene.elsewhere.code
    for path in (f"Patient/{code}", f"Patient/{code}/$everything", f"Observation/{code}-0"):
        assert scene.reader.get(path).status_code == 404
    for path in (f"Patient?_id={code}", f"Observation?patient={code}", f"Basic?patient={code}"):
        assert scene.reader.found(path) == []
    assert code not in json.dumps([scene.reader.found(kind) for kind in SERVED])
    assert not Opening.objects.filter(course=scene.elsewhere).exists()


def test_a_page_links_to_the_next_until_all_is_seen_once(scene: Scene) -> None:
    whole = scene.reader.found("Observation?_count=500")
    pages = scene.reader.found("Observation?_count=3")
    assert [each["id"] for each in pages] == [each["id"] for each in whole]
    assert len({each["id"] for each in whole}) == len(whole) > 10
    first = scene.reader.get("Observation?_count=3").json()
    assert len(first["entry"]) == 3 and first["type"] == "searchset" and "total" not in first
    assert {each["relation"] for each in first["link"]} == {"self", "next"}


def test_more_courses_than_a_page_reads_are_all_found(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    from isocourse.clinic.fhir import views

    for number in range(7):
        team.opened(scene.clinic, f"Patient {number}")
    monkeypatch.setattr(views, "_AT_ONCE", 2)
    found = [each["id"] for each in scene.reader.found("Patient?_count=500")]
    assert len(found) == len(set(found)) == 9


def test_a_search_by_code_date_and_status(scene: Scene) -> None:
    ask = f"Observation?patient=Patient/{scene.course.code}"
    tests = scene.reader.found(f"{ask}&code={PREGNANCY_TEST}")
    everything = scene.reader.found(ask)
    assert 0 < len(tests) < len(everything)
    days = sorted(each["effectiveDateTime"][:10] for each in tests)
    last = scene.reader.found(f"{ask}&code={PREGNANCY_TEST}&date=ge{days[-1]}")
    assert [each["effectiveDateTime"][:10] for each in last] == [days[-1]]
    assert len(scene.reader.found(f"{ask}&code={PREGNANCY_TEST},29463-7")) > len(tests)
    assert scene.reader.found(f"{ask}&status=entered-in-error") == []
    whole = f"https://testserver/fhir/Patient/{scene.course.code}"
    assert len(scene.reader.found(f"Observation?patient={whole}")) == len(everything)


def test_a_form_may_carry_the_search(scene: Scene) -> None:
    sent = {"Authorization": f"Bearer {scene.reader.token}"}
    form = {"patient": scene.course.code, "code": PREGNANCY_TEST}
    answer = Client().post("/fhir/Observation/_search", form, secure=True, headers=sent)
    same = scene.reader.get(f"Observation?patient={scene.course.code}&code={PREGNANCY_TEST}")
    assert answer.json()["entry"] == same.json()["entry"]


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("Observation?colour=red", {}, 400),
        ("Observation?date=soon", {}, 400),
        ("Observation?code:not=x", {}, 400),
        ("Observation?_count=-1", {}, 400),
        ("Observation?_count=0", {}, 400),
        ("Observation?page=x", {}, 400),
        ("Observation?patient=", {}, 400),
        ("Observation?_include=Observation:subject", {}, 400),
        ("Practitioner", {}, 404),
        ("Practitioner/1", {}, 404),
        ("Patient/XXXX-XXXX", {}, 404),
        ("Patient", {"Accept": "application/fhir+xml"}, 406),
        ("Patient?_format=xml", {}, 406),
        ("Patient", {"Authorization": "Bearer x"}, 401),
        ("Patient", {"Authorization": ""}, 401),
    ],
)
def test_a_wrong_question_gets_its_reason(
    scene: Scene, path: str, headers: Any, status: int
) -> None:
    answer = scene.reader.get(path, **headers)
    assert answer.status_code == status
    issue = answer.json()["issue"][0]
    assert answer.json()["resourceType"] == "OperationOutcome" and issue["diagnostics"]
    assert (status == 401) == ("WWW-Authenticate" in answer)


def test_nothing_can_be_written(scene: Scene) -> None:
    for method in ("put", "delete", "patch"):
        for path in ("Patient", f"Patient/{scene.course.code}", "metadata"):
            assert scene.reader.get(path, method).status_code == 405


def test_each_scope_is_enforced_for_its_type(scene: Scene) -> None:
    scopes = "system/Patient.r system/Observation.s system/Task.rs"
    reader = Reader(scene.reader.system, scopes)
    code = scene.course.code
    assert reader.get(f"Patient/{code}").status_code == 200
    assert reader.get("Patient").status_code == 403
    name = reader.found(f"Observation?patient={code}")[0]["id"]
    assert reader.get(f"Observation/{name}").status_code == 403
    assert reader.get("MedicationRequest").status_code == 403
    kinds = {
        e["resource"]["resourceType"]
        for e in reader.get(f"Patient/{code}/$everything").json()["entry"]
    }
    assert kinds == {"Task"}
    assert reader.get(f"Patient/{code}/$everything?_type=Observation").status_code == 403


def test_everything_of_a_patient_reads_back_as_the_course(scene: Scene) -> None:
    (name,) = scene.course.entries.filter(form="event").values_list("number", flat=True)[:1]
    retract(scene.course, team.writer(scene.clinic), f"e{name}", "written to the wrong patient")
    bundle = scene.reader.get(f"Patient/{scene.course.code}/$everything").json()
    again = read_bundle(json.dumps(bundle))
    assert len(again.course.events) == _events(scene.course) and not again.unmapped
    references = set(_references(bundle)) - {f"Patient/{scene.course.code}"}
    named = {f"{e['resource']['resourceType']}/{e['resource']['id']}" for e in bundle["entry"]}
    assert references <= named


def _references(held: Any) -> list[str]:
    if isinstance(held, dict):
        own = [held["reference"]] if isinstance(held.get("reference"), str) else []
        return [e for e in own if "://" not in e] + [
            r for v in held.values() for r in _references(v)
        ]
    return [r for v in held for r in _references(v)] if isinstance(held, list) else []


def test_what_was_taken_back_says_so_and_is_newer(scene: Scene) -> None:
    (entry,) = record(scene.second, team.writer(scene.clinic), [team.WEIGHT])
    ask = f"Observation?patient={scene.second.code}"
    (before,) = scene.reader.found(ask)
    retract(scene.second, team.writer(scene.clinic), f"e{entry.number}", "wrong patient")
    (after,) = scene.reader.found(ask)
    assert (before["status"], after["status"]) == ("final", "entered-in-error")
    assert after["meta"]["versionId"] != before["meta"]["versionId"]
    assert after["meta"]["lastUpdated"] > before["meta"]["lastUpdated"]
    since = before["meta"]["lastUpdated"]
    assert len(scene.reader.found(f"{ask}&_lastUpdated=gt{since}")) == 1


def test_a_status_that_turns_back_is_a_newer_version(scene: Scene) -> None:
    """Given capsules handed over; when that is taken back, and a cancelling too; it is newer."""
    course, writer = scene.course, team.writer(scene.clinic)
    ask = f"MedicationRequest?patient={course.code}"
    first = scene.reader.found(ask)[0]
    name, seen = first["id"], [first]

    def look() -> None:
        answer = scene.reader.get(f"MedicationRequest/{name}")
        seen.append(answer.json())
        kept = f'W/"{seen[-2]["meta"]["versionId"]}"'
        again = scene.reader.get(f"MedicationRequest/{name}", **{"If-None-Match": kept})
        assert again.status_code == 200
        since = seen[-2]["meta"]["lastUpdated"]
        found = scene.reader.found(f"{ask}&_lastUpdated=gt{since}")
        assert name in {each["id"] for each in found}

    given = next(e for e in read(course).events if e["kind"] == "dispense")
    retract(course, writer, given["id"], "handed to another")
    look()
    said = {"kind": "cancel", "at": given["at"], "prescription_id": given["prescription_id"]}
    (entry,) = record(course, writer, [said])
    look()
    retract(course, writer, f"e{entry.number}", "the wrong one")
    look()
    statuses = ["completed", "stopped", "cancelled", "stopped"]  # a later one was written
    assert [each["status"] for each in seen] == statuses


def test_what_a_system_looks_at_is_noted(scene: Scene) -> None:
    scene.reader.get(f"Patient/{scene.course.code}")
    scene.reader.found(f"Observation?patient={scene.course.code}&_count=500")
    pages = Opening.objects.filter(course=scene.course).values_list("page", flat=True)
    assert list(pages) == ["FHIR Patient", "FHIR search of Observation"]
    assert {str(each.user) for each in Opening.objects.all()} == {"Warehouse"}


def test_who_was_forgotten_is_gone(scene: Scene) -> None:
    erase(scene.course, team.writer(scene.clinic), "asked for")
    assert scene.reader.get(f"Patient/{scene.course.code}").status_code == 410
    assert scene.reader.found(f"Observation?patient={scene.course.code}") == []


def test_a_log_that_does_not_hold_shows_nothing_and_hides_no_other(scene: Scene) -> None:
    with unguarded() as cursor:
        cursor.execute("UPDATE log_entry SET body = 'x' WHERE course_id = %s", [scene.course.pk])
    assert scene.reader.get(f"Patient/{scene.course.code}").status_code == 409
    assert scene.reader.get(f"Observation?patient={scene.course.code}").status_code == 409
    found = scene.reader.found("Patient")
    assert [each["resourceType"] for each in found] == ["OperationOutcome", "Patient"]


def test_an_unchanged_resource_is_not_sent_again(scene: Scene) -> None:
    answer = scene.reader.get(f"Patient/{scene.course.code}")
    again = scene.reader.get(f"Patient/{scene.course.code}", **{"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_two_clinics_have_systems_of_their_own(scene: Scene) -> None:
    theirs = Reader(registered(scene.other))
    assert [e["id"] for e in theirs.found("Patient")] == [scene.elsewhere.code]
    assert Clinic.objects.count() == 2
