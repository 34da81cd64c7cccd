"""A small clinic: one of each role, and a course or two."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from isocourse.clinic.demonstration.diary import Diary
from isocourse.clinic.log import clock
from isocourse.clinic.log.models import Course
from isocourse.clinic.log.reading import read
from isocourse.clinic.log.recording import Opening, Writer, check, open_course, put, writing
from isocourse.clinic.people.models import Clinic, Membership, User
from isocourse.clinic.supply.handing_over import Supply, give
from isocourse.words.places import ZONES

NOW = datetime(2026, 11, 25, 16, 0, tzinfo=UTC)


def clinic(name: str = "Harbour", place: str = "us") -> Clinic:
    """A clinic."""
    return Clinic.objects.create(name=name, place=place)


def member(of: Clinic, role: str, name: str = "") -> User:
    """Somebody with a role in a clinic."""
    username = name or f"{role}-{of.pk}"
    user = User.objects.create_user(username, "a long enough password", name=username.title())
    Membership.objects.create(
        user=user, clinic=of, role=role, profession=_PROFESSION.get(role, "other"), since=NOW
    )
    return user


_PROFESSION = {
    "prescriber": "dermatologist",
    "nurse": "specialist_nurse",
    "pharmacist": "pharmacist",
}


def writer(of: Clinic, role: str = "prescriber") -> Writer:
    """Somebody with a role, as one who records."""
    user = User.objects.filter(memberships__clinic=of, memberships__role=role).first()
    return Writer(user or member(of, role), _PROFESSION.get(role, "other"))


def opened(of: Clinic, name: str = "Ada Berg", sex: str = "female") -> Course:
    """A course with nothing in it."""
    patient = {"birth_date": "2002-04-17", "sex": sex}
    return open_course(of, writer(of), Opening(patient, {"name": name}, of.place))


def diary(of: Clinic, woman: bool = True, now: datetime = NOW) -> Diary:
    """An empty diary up to now."""
    name = "Ada Berg" if woman else "Adam Berg"
    today = now.astimezone(ZoneInfo(ZONES[of.place])).date()
    born = today - timedelta(days=9000)
    return Diary(name, woman, of.place, born, today, 60 if woman else 75, 40)


def lived(of: Clinic, told: Diary, now: datetime = NOW) -> Course:
    """A course with everything in a diary, recorded on its days."""
    zone = ZoneInfo(ZONES[of.place])
    by = writer(of)
    days = sorted(told.days)
    patient = {"birth_date": told.born.isoformat(), "sex": "female" if told.woman else "male"}
    with clock.standing_at(datetime.combine(told.day(days[0]), _NOON, zone)):
        course = open_course(of, by, Opening(patient, {"name": told.name}, of.place))
    with clock.standing_at(now), writing(course, by) as pen:
        for day in days:
            pen.at = min(datetime.combine(told.day(day), _NOON, zone), now)
            for event in told.days[day]:
                record_or_give(pen, event)
        check(pen.held, now)
    return course


def record_or_give(pen: Any, event: Any) -> None:
    """A hand-over goes through the gate, everything else into the log."""
    if event["kind"] == "dispense":
        packs = tuple(event["capsules"])
        give(pen, Supply(event["prescription_id"], event["days"], packs))
    else:
        put(pen, event)


_NOON = datetime(2000, 1, 1, 9).time()


def today(course: Course) -> str:
    """The day it is where the patient lives, which may still be yesterday in UTC."""
    return clock.now().astimezone(read(course).zone).date().isoformat()


def ready_to_hand_over(
    of: Clinic, woman: bool = True, now: datetime = NOW
) -> tuple[Course, Supply]:
    """A course whose newest prescription may be handed over now, and what would be."""
    told = diary(of, woman, now)
    told.treated(1, -33)
    told.month(-1, 1, handed=False)
    packs = ({"mg": 20, "quantity": 60},)
    return lived(of, told, now), Supply(told.rx(-1), 30, packs)


def ready_to_prescribe(of: Clinic, now: datetime = NOW) -> Course:
    """A man on treatment who was seen and counselled today: a new prescription may be written."""
    told = diary(of, False, now)
    told.treated(1, -33)
    told.visit(0, 1)
    return lived(of, told, now)


WEIGHT = {"kind": "weight", "at": "2026-11-20", "value": 61, "unit": "kg"}
