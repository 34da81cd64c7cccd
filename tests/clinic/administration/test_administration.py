"""What a clinic has set is changed by its administrator, and who changed what is kept for good."""

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from tests.clinic import team
from tests.clinic.browsing import Browser, signed_in

from isocourse.clinic.administration.models import Change, Kind
from isocourse.clinic.administration.wording import programmes, said_by, text_of
from isocourse.clinic.people.models import Clinic, Membership
from isocourse.clinic.worklist.keeping import refresh
from isocourse.clinic.worklist.models import Standing
from isocourse.course.settings import BadSettings, read_settings
from isocourse.words.tokens import PLACES

OWN = {"policy": "local", "before_days": "30", "first_days": "28", "every_days": "60"}


class Office:
    """An administrator at the pages of their clinic."""

    def __init__(self) -> None:
        self.clinic = team.clinic()
        self.user = team.member(self.clinic, "administrator")
        self.browser: Browser = signed_in(self.user)

    def send(self, form: str, **said: str) -> str:
        answer = self.browser.post("/administration/", {"form": form, **said}, follow=True)
        self.clinic = Clinic.objects.get(pk=self.clinic.pk)
        return str(answer.content.decode())


@pytest.fixture
def office(sqlite: str) -> Office:
    return Office()


def test_name_and_address_are_changed_and_printed_at_the_head(office: Office) -> None:
    office.send("about", name="Harbour Skin", address="1 Quay\nBoston")
    assert (office.clinic.name, office.clinic.address) == ("Harbour Skin", "1 Quay\nBoston")
    page = office.browser.get("/administration/").content.decode()
    assert '<div class="letterhead"><strong>Harbour Skin</strong><br>1 Quay<br>Boston' in page
    (held,) = Change.objects.all()
    assert (held.kind, held.by, held.before) == (Kind.NAME, office.user, "Harbour")
    assert held.after == "Harbour Skin\n1 Quay\nBoston"


def test_a_name_that_is_left_out_is_refused(office: Office) -> None:
    assert "This field is required" in office.send("about", name=" ", address="")
    assert office.clinic.name == "Harbour" and not Change.objects.exists()


def test_all_settings_become_what_the_engine_reads(office: Office) -> None:
    more = {"max_supply_days": "28", "enzyme_stop_times": "5", "baseline_labs": "on"}
    office.send("rules", **OWN, **more, **{"start-us-ipledge-2026": "2026-12-01"})
    rules = office.clinic.rules
    assert rules.starts.settings == {"us-ipledge-2026": date(2026, 12, 1)}
    assert dict(rules.local) == {
        "max_supply_days": 28,
        "enzyme_stop_times": 5,
        "baseline_labs": True,
        "labs_policy": "local",
        "labs_before_days": 30,
        "labs_first_days": 28,
        "labs_every_days": 60,
    }
    assert said_by(office.clinic.settings)["first_days"] == 28
    office.send("rules", policy="label")
    assert office.clinic.settings == "" and office.clinic.rules.name == "default"
    assert [each.kind for each in Change.objects.all()] == [Kind.SETTINGS] * 2
    assert "28" in Change.objects.latest("pk").before


def test_what_is_sent_again_changes_nothing(office: Office) -> None:
    office.send("rules", **OWN)
    assert "Nothing differs" in office.send("rules", **OWN)
    assert "Nothing differs" in office.send("about", name="Harbour", address="")
    assert Change.objects.count() == 1


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({**OWN, "every_days": ""}, "needs all three"),
        ({"policy": "local"}, "needs all three"),
        ({"policy": "mine"}, "Select a valid choice"),
        ({"policy": "label", "max_supply_days": "0"}, "greater than or equal to 1"),
        ({"policy": "label", "max_supply_days": "367"}, "less than or equal to 366"),
        ({"policy": "label", "start-us-ipledge-2026": "soon"}, "Enter a valid date"),
    ],
)
def test_what_cannot_be_is_refused(office: Office, said: dict[str, str], told: str) -> None:
    assert told in office.send("rules", **said)
    assert office.clinic.settings == "" and not Change.objects.exists()


def test_a_setting_closes_the_gate_of_the_next_answer(office: Office) -> None:
    """Given an open gate; when the clinic allows fewer days; then gate and worklist are shut."""
    now = team.NOW
    course, _ = team.ready_to_hand_over(office.clinic, woman=False, now=now)
    from isocourse.clinic.log import clock

    with clock.standing_at(now):
        refresh()
        assert Standing.objects.get(course=course).dispense == "allowed"
        office.send("rules", policy="label", max_supply_days="20")
        assert refresh() == 1
        assert Standing.objects.get(course=course).dispense == "blocked"


@pytest.mark.parametrize("place", PLACES)
def test_every_programme_of_a_place_can_be_given_a_day(place: str) -> None:
    mine = programmes(place)
    said: dict[str, Any] = {f"start-{key}": date(2026, 5, 4) for key in mine}
    text = text_of(said)
    assert read_settings(text.encode()).starts.settings.keys() == mine.keys() if mine else not text
    assert said_by(text) == said


def test_what_the_engine_does_not_take_is_no_settings() -> None:
    with pytest.raises(BadSettings, match="no such programme"):
        text_of({"start-xx": date(2026, 1, 1)})


def test_a_role_is_changed_and_the_earlier_one_stays_known(office: Office) -> None:
    nurse = team.member(office.clinic, "nurse")
    held = Membership.objects.get(user=nurse)
    address = f"/people/{held.pk}/role/"
    said = {"role": "auditor", "profession": "other"}
    assert signed_in(nurse).get("/worklist/").status_code == 200
    office.browser.post(address, said)
    assert signed_in(nurse).get("/worklist/").status_code == 403
    assert [each.role for each in nurse.memberships.order_by("pk")] == ["nurse", "auditor"]
    assert office.browser.post(address, said).status_code == 404, "that place has ended"
    (change,) = Change.objects.all()
    told = (change.kind, change.whom, change.before, change.after)
    assert told == (Kind.ROLE, nurse.username, "nurse, specialist_nurse", "auditor, other")


def test_nobody_changes_their_own_role_nor_gives_one_that_is_not(office: Office) -> None:
    own = Membership.objects.get(user=office.user)
    nurse = Membership.objects.get(user=team.member(office.clinic, "nurse"))
    for held, said in (
        (own, {"role": "auditor", "profession": "other"}),
        (nurse, {"role": "king", "profession": "other"}),
        (nurse, {"role": "nurse", "profession": "king"}),
        (nurse, {"role": "nurse", "profession": "specialist_nurse"}),
    ):
        office.browser.post(f"/people/{held.pk}/role/", said)
    assert Membership.objects.filter(ended=None).count() == 2 and not Change.objects.exists()


def test_who_was_invited_joined_and_left_is_kept(office: Office) -> None:
    said = {"email": "new@example.org", "role": "nurse", "profession": "specialist_nurse"}
    page = office.browser.post("/people/", said).content.decode()
    link = page.split("https://testserver")[1].split("<")[0]
    new = {"name": "Nell", "username": "nell", "password": "a long enough password"}
    assert Browser().post(link, new).status_code == 302
    held = Membership.objects.get(user__username="nell")
    office.browser.post(f"/people/{held.pk}/end/")
    told = [(each.kind, each.whom) for each in Change.objects.order_by("pk")]
    invited, joined, ended = ("invited", "new@example.org"), ("joined", "nell"), ("ended", "nell")
    assert told == [invited, joined, ended]


def test_what_was_changed_is_shown_to_this_clinic_only_and_never_changed(database: str) -> None:
    office, other = Office(), team.clinic("Elsewhere")
    office.send("about", name="Harbour Skin", address="")
    shown = office.browser.get("/administration/changes/").content.decode()
    assert "Harbour Skin" in shown and str(office.user) in shown
    auditor = signed_in(team.member(other, "auditor")).get("/administration/changes/")
    assert "Nothing was changed yet" in auditor.content.decode()
    held = Change.objects.get()
    for change in (held.delete, held.save):
        with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
            change()
