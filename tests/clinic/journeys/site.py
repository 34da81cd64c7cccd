"""The real server, started as a clinic starts it, and a real browser to look at it with."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from tests.clinic import postgres, team
from tests.clinic.conftest import fresh, point_to
from tests.clinic.journeys.slow_line import slow_line
from tests.clinic.soaking import SOAK
from tests.clinic.supply.vain import tried_in_vain

from isocourse.clinic.demonstration.people import PASSWORD, TEAM
from isocourse.clinic.log import clock
from isocourse.clinic.log.models import Course
from isocourse.clinic.log.recording import record
from isocourse.clinic.people.models import Clinic, Installation, Membership, User
from isocourse.clinic.portal import photos
from isocourse.clinic.project import environment
from isocourse.clinic.reminders import contact
from isocourse.clinic.reminders.models import Message, State

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
SLOW = 0.4  # seconds that a soak keeps each half of an answer waiting
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class Site:
    """A clinic that is being served."""

    def __init__(self, at: str, codes: dict[str, str]) -> None:
        self.at, self.codes = at, codes


def needs(vendor: str) -> None:
    """Leave a test out where its database cannot be started."""
    if vendor == "postgresql":
        try:
            postgres.server()
        except postgres.NoServer as error:
            pytest.skip(f"PostgreSQL: {error}")


@contextmanager
def served(vendor: str, templates: Path, folder: Path) -> Iterator[Site]:
    """A small demonstration, served until the end; in a soak over a slow line."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # the browser's driver runs a loop here
    try:
        url = fresh(vendor, templates, folder)
        point_to(url)
        codes = _filled()
    finally:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
    port = _free()
    command = str(Path(sys.executable).with_name("isocourse"))
    told = folder / "server.log"
    with told.open("w") as out:
        server = subprocess.Popen(
            [command, "clinic", "serve", "--port", str(port)],
            env=_environment(url, folder),
            stdout=out,
            stderr=out,
        )
        try:
            _wait(port, server, told)
            with slow_line(port, SLOW) if SOAK else nullcontext(port) as reached:
                yield Site(_at(reached), codes)
        finally:
            server.terminate()
            server.wait(60)


def _environment(url: str, folder: Path) -> dict[str, str]:
    kept = {n: v for n, v in os.environ.items() if n != "DJANGO_SETTINGS_MODULE"}
    kept |= {environment.DATABASE: url, environment.DATA: str(folder)}
    return kept | {environment.DEMONSTRATION: "1"}


def _filled() -> dict[str, str]:
    """A team, and a patient of some kinds; their codes."""
    Installation.objects.create(demonstration=True, made_at=timezone.now())
    clinic = Clinic.objects.create(name="Harbour Dermatology", place="us")
    for each in TEAM:
        user = User.objects.create(username=each.username, name=each.name, password=_hashed())
        Membership.objects.create(
            user=user,
            clinic=clinic,
            role=each.role,
            profession=each.profession,
            since=timezone.now(),
        )
    now = timezone.now()
    _once_here(clinic, now)
    made = {}
    for name, woman in (("allowed", True), ("to hand over", False), ("other", True)):
        made[name] = team.ready_to_hand_over(clinic, woman, now)[0].code
    made["written"] = f"rx-{team.diary(clinic, now=now).day(-1).isoformat()}"
    made["ready"] = team.ready_to_prescribe(clinic, now).code
    _waits_for_the_registry(clinic, made, now)
    _documented(clinic, made["allowed"])
    _reminded(clinic, made["allowed"], now)
    made["photo"] = _photographed(clinic, made["allowed"])
    with clock.standing_at(now):
        made["new"] = team.opened(clinic, "Bea Novak").code
    return made


def _once_here(clinic: Clinic, now: datetime) -> None:
    """Somebody whose place in the team has ended."""
    user = User.objects.create(username="before", name="Liv Sandvik", password="!")
    place = Membership(user=user, clinic=clinic, role="pharmacist", since=now - timedelta(400))
    place.ended = now - timedelta(30)
    place.save()


def _waits_for_the_registry(clinic: Clinic, made: dict[str, str], now: datetime) -> None:
    """A patient for whom the registry was tried in vain."""
    told = team.diary(clinic, woman=False, now=now)
    told.treated(1, -33)
    told.visit(-1, 1)
    told.prescribed(-1)
    course = team.lived(clinic, told, now)
    made["waits"], made["outage"] = course.code, str(tried_in_vain(course, told.rx(-1)))


def _reminded(clinic: Clinic, code: str, now: datetime) -> None:
    """A patient who is reminded, and a mail whose fate nobody knows."""
    course = Course.objects.get(code=code)
    contact.agree(course, team.writer(clinic, "nurse"), "ada@example.org")
    Message.objects.filter(course=course).update(
        state=State.UNCERTAIN, trouble="no answer is known", attempts=1, until=now + timedelta(9)
    )


def _photographed(clinic: Clinic, code: str) -> str:
    """A photograph with the entry that names it; its number."""
    course = Course.objects.get(code=code)
    photo = photos.keep(course, b"a picture")
    day = timezone.now().astimezone(clinic.zone).date().isoformat()
    event = {"kind": "document", "at": day, "ref": photos.named(photo), "sha256": photo.sha256}
    record(course, team.writer(clinic), [event])
    return str(photo.pk)


def _documented(clinic: Clinic, code: str) -> None:
    """A document, and a grade on each scale."""
    document = {"kind": "document", "ref": "archive 17/4", "title": "photograph of the face"}
    grades = {"iga": 3, "gags": 24, "gea": 3, "leeds": 4.5}
    said = [{"kind": "severity", "scale": n, "score": each} for n, each in grades.items()]
    day = timezone.now().astimezone(clinic.zone).date().isoformat()
    events = [{**document, "sha256": "ab" * 32}, *said]
    course = Course.objects.get(code=code)
    record(course, team.writer(clinic), [{**each, "at": day} for each in events])


def _hashed() -> str:
    """A password as the real server hashes it, but quicker to make."""
    from django.contrib.auth.hashers import ScryptPasswordHasher

    quick = ScryptPasswordHasher()
    quick.work_factor = 2**4
    return str(quick.encode(PASSWORD, "salt of the tests"))


def _at(port: int) -> str:
    host = "localhost"
    return f"http://{host}:{port}"


def _free() -> int:
    with socket.socket() as each:
        each.bind(("127.0.0.1", 0))
        return int(each.getsockname()[1])


def _wait(port: int, server: "subprocess.Popen[bytes]", told: Path) -> None:
    for _ in range(600):
        if server.poll() is not None:
            raise AssertionError(told.read_text())
        try:
            with urllib.request.urlopen(f"{_at(port)}/ready", timeout=5) as answer:
                assert answer.status == 200
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(told.read_text())


def sign_in(page: Any, site: Site, who: str) -> None:
    """Somebody comes in at the entrance."""
    page.goto(f"{site.at}/account/login/")
    page.fill("#id_login", who)
    page.fill("#id_password", PASSWORD)
    follow(page, "form.stack button")
    assert "/account/login/" not in page.url


def follow(page: Any, target: Any) -> None:
    """Click what leads to another page (a selector or a locator), and wait until that one is there.

    A click alone comes back while the answer is still under way: what is asked next may be asked
    of the page before, or of one that is half there.
    """
    with page.expect_navigation():
        page.click(target) if isinstance(target, str) else target.click()
