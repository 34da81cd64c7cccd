"""A whole export: asked for, polled, fetched as lines; nothing is kept, and it can be ended."""

import json
import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection
from tests.clinic import team
from tests.clinic.fhir.system import Reader, registered
from tests.clinic.log.tampering import unguarded
from typer.testing import CliRunner

from isocourse.clinic.access.models import Opening
from isocourse.clinic.fhir import finding
from isocourse.clinic.fhir.exporting import LASTS, SETTLES
from isocourse.clinic.fhir.models import Export
from isocourse.clinic.log import clock
from isocourse.clinic.log.erasing import erase
from isocourse.clinic.log.recording import put, record, retract, writing
from isocourse.clinic.log.settling import still_writing
from isocourse.exchange.endpoint.parameters import SERVED

ASYNC = {"Prefer": "respond-async"}


class Scene:
    """A clinic with two courses and a system; another clinic beside it."""

    def __init__(self) -> None:
        self.clinic, self.other = team.clinic("Here"), team.clinic("There")
        self.course, _ = team.ready_to_hand_over(self.clinic)
        self.second = team.opened(self.clinic, "Bea Novak")
        self.elsewhere = team.opened(self.other, "Cora Vale")
        self.reader = Reader(registered(self.clinic))


@pytest.fixture
def scene(sqlite: str) -> Scene:
    return Scene()


def _begun(reader: Reader, path: str = "$export") -> str:
    answer = reader.get(path, **ASYNC)
    assert answer.status_code == 202, answer.content
    return str(answer["Content-Location"])


def _manifest(reader: Reader, path: str = "$export") -> Any:
    """The manifest of an export, waited for."""
    where = _begun(reader, path)
    with clock.standing_at(clock.now() + SETTLES):
        return reader.get(where).json()


def _lines(reader: Reader, url: str) -> list[Any]:
    answer = reader.get(urlsplit(url).path, Accept="application/fhir+ndjson")
    assert answer.status_code == 200 and answer["Content-Type"] == "application/fhir+ndjson"
    text = b"".join(answer.streaming_content).decode()
    return [json.loads(line) for line in text.splitlines()]


def _all(reader: Reader, manifest: Any, part: str = "output") -> list[Any]:
    return [line for each in manifest[part] for line in _lines(reader, each["url"])]


def test_an_export_is_asked_for_polled_and_fetched(database: str) -> None:
    scene = Scene()
    where = _begun(scene.reader)
    early = scene.reader.get(where)
    assert early.status_code == 202 and 0 < int(early["Retry-After"]) <= 6 and early["X-Progress"]
    with clock.standing_at(clock.now() + SETTLES):
        answer = scene.reader.get(where)
    assert answer.status_code == 200 and answer["Expires"]
    said = answer.json()
    assert said["requiresAccessToken"] is True and said["request"].endswith("/fhir/$export")
    assert [each["type"] for each in said["output"]] == sorted(SERVED)
    for each in said["output"]:
        kinds = {line["resourceType"] for line in _lines(scene.reader, each["url"])}
        assert kinds <= {each["type"]}
    found = _all(scene.reader, said)
    assert {e["id"] for e in found if e["resourceType"] == "Patient"} == {
        scene.course.code,
        scene.second.code,
    }
    assert scene.elsewhere.code not in json.dumps(found)
    searched = [e for kind in SERVED for e in scene.reader.found(f"{kind}?_count=500")]
    assert Counter(e["id"] for e in found) == Counter(e["id"] for e in searched)


def test_an_export_waits_for_who_is_still_writing(database: str) -> None:
    scene, begun, over = Scene(), Event(), Event()
    by = team.writer(scene.clinic)

    def slowly() -> None:
        with writing(scene.second, by) as pen:
            put(pen, team.WEIGHT | {"value": 71.5})
            begun.set()
            over.wait(60)
        connection.close()

    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(slowly)
        try:
            assert begun.wait(60) and still_writing(clock.now())
            alone = connection.vendor == "sqlite"  # then an export cannot be asked for meanwhile
            where = "" if alone else _begun(scene.reader)
            with clock.standing_at(clock.now() + SETTLES):
                assert alone or scene.reader.get(where).status_code == 202
        finally:
            over.set()
        slow.result(60)
    assert not still_writing(clock.now())
    where = where or _begun(scene.reader)
    with clock.standing_at(clock.now() + SETTLES):
        said = scene.reader.get(where)
    assert said.status_code == 200
    assert "71.5" in json.dumps(_all(scene.reader, said.json()))


def test_it_holds_what_was_known_at_its_moment_whenever_it_is_fetched(scene: Scene) -> None:
    said = _manifest(scene.reader)
    before = _all(scene.reader, said)
    by = team.writer(scene.clinic)
    (entry,) = record(scene.second, by, [team.WEIGHT])
    retract(scene.second, by, f"e{entry.number}", "wrong patient")
    team.opened(scene.clinic, "Dora Lund")
    assert _all(scene.reader, said) == before
    assert len(_all(scene.reader, _manifest(scene.reader))) > len(before)


def test_since_gives_what_changed_and_who_was_erased(scene: Scene) -> None:
    first = _manifest(scene.reader)
    since = first["transactionTime"]
    assert first["deleted"] == []
    record(scene.second, team.writer(scene.clinic), [team.WEIGHT])
    erase(scene.course, team.writer(scene.clinic), "asked for")
    said = _manifest(scene.reader, f"$export?_since={since}&_type=Patient,Observation")
    assert [e["resourceType"] for e in _all(scene.reader, said)] == ["Observation"]
    (gone,) = _all(scene.reader, said, "deleted")
    assert gone["entry"] == [
        {"request": {"method": "DELETE", "url": f"Patient/{scene.course.code}"}}
    ]


def test_a_course_whose_log_does_not_hold_is_told_apart(scene: Scene) -> None:
    with unguarded() as cursor:
        cursor.execute("UPDATE log_entry SET body = 'x' WHERE course_id = %s", [scene.course.pk])
    said = _manifest(scene.reader, "Patient/$export?_type=Patient")
    assert [e["id"] for e in _all(scene.reader, said)] == [scene.second.code]
    (told,) = _all(scene.reader, said, "error")
    assert scene.course.code in told["issue"][0]["diagnostics"]


def test_each_course_is_noted_once_for_an_export(scene: Scene) -> None:
    said = _manifest(scene.reader)
    for _ in range(2):
        _all(scene.reader, said)
    seen = Opening.objects.filter(page__startswith="FHIR export").values_list("course", flat=True)
    assert sorted(seen) == sorted([scene.course.pk, scene.second.pk])


def test_it_can_be_taken_back_and_ends_by_itself(scene: Scene) -> None:
    one, other = _begun(scene.reader), _begun(scene.reader)
    assert scene.reader.get(one, "delete").status_code == 202
    assert scene.reader.get(one).status_code == 404
    with clock.standing_at(clock.now() + LASTS):
        reader = Reader(scene.reader.system)
        assert reader.get(other).status_code == 404
        _begun(reader)
    assert Export.objects.count() == 1


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("$export", {}, 400),
        ("$export?_type=Practitioner", ASYNC, 404),
        ("$export?_since=yesterday", ASYNC, 400),
        ("$export?_since=2026-11-01", ASYNC, 400),
        ("$export?_outputFormat=text/csv", ASYNC, 400),
        ("$export?_typeFilter=x", ASYNC, 400),
        ("$export", ASYNC | {"Authorization": "Bearer x"}, 401),
        ("exports/none", {}, 404),
        ("exports/none", {"Accept": "application/fhir+ndjson"}, 406),
    ],
)
def test_a_wrong_question_gets_its_reason(
    scene: Scene, path: str, headers: Any, status: int
) -> None:
    answer = scene.reader.get(path, **headers)
    assert answer.status_code == status and answer.json()["issue"][0]["diagnostics"]


def test_only_so_many_are_open_at_a_time(scene: Scene) -> None:
    for _ in range(5):
        _begun(scene.reader)
    answer = scene.reader.get("$export", **ASYNC)
    assert answer.status_code == 429 and int(answer["Retry-After"]) > 0


def test_scopes_hold_for_what_is_asked_and_for_what_is_fetched(scene: Scene) -> None:
    said = _manifest(scene.reader)
    narrow = Reader(scene.reader.system, "system/Patient.rs system/Task.r")
    assert [e["type"] for e in _manifest(narrow)["output"]] == ["Patient"]
    assert narrow.get("$export?_type=Task", **ASYNC).status_code == 403
    by_type = {each["type"]: urlsplit(each["url"]).path for each in said["output"]}
    assert narrow.get(by_type["Observation"]).status_code == 403
    stranger = Reader(registered(scene.clinic, name="Other"))
    assert stranger.get(by_type["Patient"]).status_code == 404
    missing = re.sub("Patient.ndjson$", "erased.ndjson", by_type["Patient"])
    assert scene.reader.get(missing).status_code == 404


def test_one_course_after_the_other_is_read_as_lines_are_fetched(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    from isocourse.clinic.fhir import streaming

    read: list[str] = []

    def noted(course: Any, at: Any) -> Any:
        read.append(course.code)
        return finding.record_of(course, at)

    monkeypatch.setattr(streaming, "record_of", noted)
    monkeypatch.setattr(streaming, "_AT_ONCE", 1)
    team.opened(scene.clinic, "Dora Lund")
    found = streaming.lines(Export(system=scene.reader.system, at=clock.now()), "Patient")
    assert not read
    next(found)
    assert read == [scene.course.code]
    assert len(list(found)) == 2 and len(read) == 3


def test_the_command_writes_a_file_for_each_type(scene: Scene, tmp_path: Path) -> None:
    from isocourse.clinic.command import app

    folder = tmp_path / "out"
    told = CliRunner().invoke(app, ["export", str(folder), "--clinic", "Here", "--ndjson"])
    assert told.exit_code == 0, told.output
    written = {each.stem: each.read_text().splitlines() for each in folder.iterdir()}
    found = _all(scene.reader, _manifest(scene.reader))
    assert {k: len(v) for k, v in written.items()} == Counter(e["resourceType"] for e in found)
    both = CliRunner().invoke(
        app, ["export", str(folder), "--clinic", "Here", "--ndjson", "--code", "x"]
    )
    assert both.exit_code == 2
