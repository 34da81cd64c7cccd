"""Several servers on one PostgreSQL are one clinic: people, records and hand-overs are shared."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Barrier

import pytest
from django.db import connections
from django.utils import timezone
from tests.clinic import postgres, team
from tests.clinic.conftest import POSTGRESQL, close, fresh, point_to
from tests.clinic.faults.hands import FOUND, Hand, session_of, visit
from tests.clinic.faults.scene import Count, handed_over, whole_visits
from tests.clinic.faults.server import Served
from tests.clinic.soaking import rounds

from isocourse.clinic.log import clock
from isocourse.clinic.log.verifying import verify
from isocourse.clinic.people.models import Clinic

ROUNDS = (4, 200)
OK = 200


@pytest.fixture
def servers(templates: Path, tmp_path: Path, data_folder: Path) -> Iterator[tuple[Served, Served]]:
    """Two servers, each a process of its own with its workers, on one database and one folder."""
    try:
        url = fresh(POSTGRESQL, templates, tmp_path)
    except postgres.NoServer as error:
        pytest.skip(f"PostgreSQL: {error}")
    point_to(url)
    both = tuple(Served(url, tmp_path) for _ in range(2))
    try:
        for each in both:
            each.start()
        yield both[0], both[1]
    finally:
        for each in both:
            each.kill()
        close()


def signed_in(clinic: Clinic, role: str) -> str:
    """The session of somebody with a role."""
    return session_of(team.writer(clinic, role).user)  # type: ignore[arg-type]


def asked(served: Served, session: str, address: str, said: dict[str, str] | None = None) -> int:
    """The status of a page, or of a form that is sent, at one of them."""
    hand = Hand(served.port, session)
    with closing(hand.line):
        return hand.ask(address, said)


def test_who_signed_in_at_one_is_signed_in_at_the_other(servers: tuple[Served, Served]) -> None:
    nurse = signed_in(team.clinic(), "nurse")
    assert [asked(each, nurse, "/worklist/") for each in servers] == [OK, OK]


def test_what_is_recorded_at_one_is_there_at_the_other_and_outlives_it(
    servers: tuple[Served, Served],
) -> None:
    """Given a visit recorded at one; when that one is killed; then the other has it and goes on."""
    one, other = servers
    clinic, now = team.clinic(), timezone.now()
    nurse, day = signed_in(clinic, "nurse"), now.astimezone(clinic.zone).date().isoformat()
    with clock.standing_at(now):
        code = team.opened(clinic).code
    address = f"/courses/{code}/record/visit/"
    assert asked(one, nurse, address, visit("first", day)) == FOUND
    one.kill()
    assert asked(other, nurse, f"/courses/{code}/") == OK
    assert asked(other, nurse, address, visit("second", day)) == FOUND
    connections.close_all()
    assert whole_visits(code) == (["first", "second"], 0)


def test_two_desks_at_two_servers_hand_over_once(servers: tuple[Served, Served]) -> None:
    clinic, count = team.clinic(), Count()
    pharmacist, team_of = signed_in(clinic, "pharmacist"), team.writer(clinic, "prescriber")
    assert team_of is not None
    for _ in rounds(*ROUNDS):
        course, supply = team.ready_to_hand_over(clinic, False, timezone.now())
        together = Barrier(2)

        def give(
            served: Served,
            address: str = f"/courses/{course.code}/hand-over/",
            prescription: str = supply.prescription_id,
            together: Barrier = together,
        ) -> int:
            together.wait(30)
            return asked(served, pharmacist, address, {"prescription": prescription})

        with ThreadPoolExecutor(2) as desks:
            assert FOUND in set(desks.map(give, servers))
        connections.close_all()
        assert handed_over(course.code, supply.prescription_id, count) == 1
    assert (count.twice, count.half) == (0, 0)
    assert list(verify(None)) == []
