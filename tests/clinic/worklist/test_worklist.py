"""The worklist finds, counts, orders and turns pages, and stays true when a day goes by."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.clinic import team
from tests.clinic.browsing import Browser, signed_in
from tests.clinic.log.tampering import unguarded
from tests.clinic.team import NOW

from isocourse.clinic.log import clock
from isocourse.clinic.log.models import Course
from isocourse.clinic.people.models import Clinic
from isocourse.clinic.worklist.keeping import rebuild, refresh
from isocourse.clinic.worklist.models import Standing
from isocourse.clinic.worklist.naming import SORTS
from isocourse.clinic.worklist.views import A_PAGE


class List:
    """A clinic with a list to look at."""

    def __init__(self) -> None:
        self.clinic: Clinic = team.clinic()
        self.browser: Browser = signed_in(team.member(self.clinic, "nurse"))

    def shows(self, query: str = "") -> str:
        with clock.standing_at(NOW):
            answer = self.browser.get(f"/worklist/?{query}")
        assert answer.status_code == 200
        return str(answer.content.decode())


@pytest.fixture
def worklist(database: str) -> List:
    with clock.standing_at(NOW):
        made = List()
        for name in ("Ada Berg", "Zoë Quist"):
            team.opened(made.clinic, name)
        team.ready_to_hand_over(made.clinic)
        yours = team.clinic("Other")
        team.opened(yours, "Not Yours")
    return made


def test_it_counts_each_state_and_shows_only_one_when_asked(worklist: List) -> None:
    everything, allowed = worklist.shows(), worklist.shows("state=allowed")
    assert "3 patients" in everything and "Not Yours" not in everything
    assert "1 patient<" in allowed and "Zoë Quist" not in allowed
    assert "May get capsules" in allowed and 'aria-current="true"' in allowed
    assert "3 patients" in worklist.shows("state=no_such_state")


@pytest.mark.parametrize("typed", ["zoe", "Quist", "zoë qui", "ZOE"])
def test_a_patient_is_found_by_name(worklist: List, typed: str) -> None:
    page = worklist.shows(f"q={typed}")
    assert "Zoë Quist" in page and "1 patient<" in page


def test_a_patient_is_found_by_birth_date_and_by_code(worklist: List) -> None:
    assert "2 patients" in worklist.shows("q=2002-04-17")
    code = Course.objects.filter(clinic=worklist.clinic).values_list("code", flat=True)[0]
    assert "1 patient<" in worklist.shows(f"q={code[:6].lower()}")
    for nobody in ("not yours", "zo", "2002-04-18", "%", "'"):
        assert "Nobody is found" in worklist.shows(f"q={nobody}"), nobody


@pytest.mark.parametrize("sort", SORTS)
def test_it_can_be_put_in_order(worklist: List, sort: str) -> None:
    assert "3 patients" in worklist.shows(f"sort={sort}")


def test_a_page_asks_the_database_as_often_for_many_as_for_few(sqlite: str) -> None:
    with clock.standing_at(NOW):
        made = List()
        team.opened(made.clinic)
        made.shows()
        with CaptureQueriesContext(connection) as few:
            made.shows()
        for number in range(A_PAGE + 2):
            team.opened(made.clinic, f"Patient {number}")
        with CaptureQueriesContext(connection) as many:
            page = made.shows()
    assert len(many) <= len(few) + 1
    assert page.count("data-row") == A_PAGE and 'rel="next"' in page
    assert made.shows("page=2").count("data-row") == 3
    assert made.shows("page=99").count("data-row") == 3


def test_a_new_day_is_noticed_though_nobody_wrote(worklist: List) -> None:
    standing = Standing.objects.get(state="allowed")
    with clock.standing_at(NOW + timedelta(days=20)):
        assert refresh() == 4
        assert refresh() == 0
    standing.refresh_from_db()
    assert standing.state == "blocked" and standing.assessed_on == date(2026, 12, 15)


def test_a_page_brings_what_it_shows_up_to_date(worklist: List) -> None:
    with clock.standing_at(NOW + timedelta(days=20)):
        page = worklist.browser.get("/worklist/?state=allowed").content.decode()
        assert "1 patient<" in page, "as it was counted"
        page = worklist.browser.get("/worklist/").content.decode()
    assert Standing.objects.filter(clinic=worklist.clinic, state="allowed").count() == 0
    assert "Blocked" in page


def test_the_list_can_be_made_anew_from_the_logs(worklist: List) -> None:
    before = list(Standing.objects.order_by("pk").values("code", "state", "closes", "urgency"))
    Standing.objects.all().delete()
    with clock.standing_at(NOW):
        assert rebuild() == 4
    after = list(Standing.objects.order_by("pk").values("code", "state", "closes", "urgency"))
    assert after == before


def test_a_harm_stands_above_a_window_that_closes_today(worklist: List) -> None:
    """Both are urgent now; the one who thinks of harming herself comes first."""
    with clock.standing_at(NOW):
        closing = team.diary(worklist.clinic)
        closing.treated(1, -37)
        closing.month(-6, 1, handed=False)
        window = team.lived(worklist.clinic, closing)
        low = team.diary(worklist.clinic)
        low.treated(1, -12)
        low.mood(-1, 14, item_9=1)
        thoughts = team.lived(worklist.clinic, low)
    page = worklist.shows()
    first, second = (page.index(f"/courses/{each.code}/") for each in (thoughts, window))
    assert first < second
    pressing = dict(Standing.objects.values_list("code", "urgency"))
    assert pressing[thoughts.code] > pressing[window.code] >= 3
    assert "2 patients" in worklist.shows("state=alerts")


def test_a_log_that_does_not_hold_is_shown_as_such_and_opens_nothing(worklist: List) -> None:
    course = Course.objects.filter(clinic=worklist.clinic).latest("pk")
    with unguarded() as cursor:
        cursor.execute("UPDATE log_entry SET by_id = NULL WHERE course_id = %s", [course.pk])
    with clock.standing_at(NOW + timedelta(days=1)):
        page = worklist.browser.get("/worklist/").content.decode()
        assert worklist.browser.get(f"/courses/{course.code}/").status_code == 409
        page = worklist.browser.get("/worklist/").content.decode()
    assert "Log does not hold" in page


@pytest.mark.parametrize(
    ("sort", "state"),
    [*((sort, {}) for sort in SORTS), ("urgency", {"state": "blocked"})],
)
def test_the_first_page_does_not_put_the_whole_list_in_order(
    sqlite: str, sort: str, state: dict[str, str]
) -> None:
    """With fifty thousand courses that would be felt; an index holds them in order."""
    rows = Standing.objects.filter(clinic=1, **state).order_by(*SORTS[sort][1])[:A_PAGE]
    plan = rows.explain()
    assert "USING INDEX" in plan and "TEMP B-TREE" not in plan, plan
