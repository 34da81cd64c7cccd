"""Makes the demonstration: a team, and patients in every state, through the same log as any other.

The patients are the same on every machine and are counted from today. It is only ever made in a
database that holds nothing.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import count
from random import Random
from zoneinfo import ZoneInfo

from django.contrib.auth.hashers import make_password
from django.db import connection, transaction
from django.utils import timezone

from isocourse.clinic.demonstration.diary import REGISTRY_NOT_REACHED, Diary, Said
from isocourse.clinic.demonstration.patients import admit
from isocourse.clinic.demonstration.people import ELSEWHERE, PASSWORD, TEAM, Member, names
from isocourse.clinic.demonstration.reminding import agree_to_reminders
from isocourse.clinic.demonstration.stories import STORIES
from isocourse.clinic.log import clock
from isocourse.clinic.log.models import Course, Form
from isocourse.clinic.log.recording import (
    Opening,
    Pen,
    Writer,
    check,
    open_course,
    put,
    recorded,
    writing,
)
from isocourse.clinic.people.models import Clinic, Installation, Membership, User
from isocourse.clinic.project.telling import Told
from isocourse.clinic.supply.handing_over import Supply, give
from isocourse.clinic.worklist.keeping import after_an_entry, rebuild
from isocourse.words.places import ZONES

_OPENS = time(8, 30)


class RealData(Told):
    """The database holds something else than the demonstration."""


def make_for_today() -> str:
    """Make the demonstration if it is not there or is of another day; what was done, in words."""
    made = Installation.objects.first()
    if made is not None and not made.demonstration:
        raise RealData("This database belongs to a clinic; the demonstration needs its own.")
    if made is None and (Course.objects.exists() or User.objects.exists()):
        raise RealData("This database is not empty; the demonstration needs its own.")
    if made is not None and made.made_at.date() == timezone.now().date():
        return f"The demonstration of today is there. {_how_to_sign_in()}"
    if made is not None:
        _empty()
    make(timezone.now())
    return f"Made {Course.objects.count()} synthetic patients. {_how_to_sign_in()}"


def _how_to_sign_in() -> str:
    return f"Sign in as {', '.join(each.username for each in TEAM)}; the password is {PASSWORD}"


def _empty() -> None:
    """Away with the demonstration of an earlier day: its tables are made anew."""
    from django.core.management import call_command

    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cascade = " CASCADE" if connection.vendor == "postgresql" else ""
            if connection.vendor == "sqlite":
                cursor.execute("PRAGMA foreign_keys=OFF")
            cursor.execute(f"DROP TABLE IF EXISTS {connection.ops.quote_name(table)}{cascade}")
    connection.close()
    call_command("migrate", interactive=False, verbosity=0)


def make(now: datetime) -> None:
    """Make it in an empty database, with its past counted from a moment."""
    recorded.disconnect(dispatch_uid="stand")
    try:
        with transaction.atomic():
            Installation.objects.create(demonstration=True, made_at=now)
            for place, name, team in (
                ("us", "Harbour Dermatology", TEAM),
                ("uk", "Northgate Skin Clinic", ELSEWHERE),
            ):
                clinic = Clinic.objects.create(name=name, place=place)
                writers = _team(clinic, team, now)
                _patients(clinic, writers, now)
                agree_to_reminders(clinic, writers["nurse"], now)
            rebuild()
            recorded.connect(after_an_entry, dispatch_uid="stand")
            admit(Clinic.objects.get(place="us"), now)
    finally:
        recorded.connect(after_an_entry, dispatch_uid="stand")


def _team(clinic: Clinic, team: tuple[Member, ...], now: datetime) -> dict[str, Writer]:
    writers, hashed = {}, make_password(PASSWORD)  # hashed once: it is made to be slow
    for each in team:
        email = f"{each.username}@demonstration.invalid"
        user = User.objects.create(
            username=each.username, password=hashed, name=each.name, email=email
        )
        Membership.objects.create(
            user=user, clinic=clinic, role=each.role, profession=each.profession, since=now
        )
        writers[each.role] = Writer(user, each.profession)
    return writers


def _patients(clinic: Clinic, writers: dict[str, Writer], now: datetime) -> None:
    zone = ZoneInfo(ZONES[clinic.place])
    for diary in diaries(clinic.place, now.astimezone(zone).date()):
        _live(clinic, writers, diary, zone, now)


def diaries(place: str, today: date) -> Iterator[Diary]:
    """The patients of a place with their stories."""
    random = Random(f"isocourse {place}")  # noqa: S311  (no secret)
    women, men, number = names(random, True), names(random, False), count()
    for story in STORIES.values():
        for turn in range(story.patients[place]):
            woman = story.only_women or next(number) % 2 == 0
            age = timedelta(days=random.randrange(19 * 365, 37 * 365))
            diary = Diary(
                name=next(women if woman else men),
                woman=woman,
                place=place,
                born=today - age,
                today=today,
                weight=random.randrange(52, 68) if woman else random.randrange(66, 92),
                dose=random.choice((20, 40)) if woman else 40,
            )
            story.tell(diary, turn)
            yield diary


def _live(
    clinic: Clinic, writers: dict[str, Writer], diary: Diary, zone: ZoneInfo, now: datetime
) -> None:
    """Everything in a diary, recorded on its day by the one whose work it is."""
    days = sorted(diary.days)
    patient = {
        "birth_date": diary.born.isoformat(),
        "sex": "female" if diary.woman else "male",
    }
    opening = Opening(patient, {"name": diary.name}, clinic.place)
    with clock.standing_at(_moment(diary, days[0], zone, now)):
        course = open_course(clinic, writers["nurse"], opening)
    course.clinic = clinic
    with writing(course, writers["nurse"]) as pen:
        for day in days:
            _record(pen, writers, diary.days[day], _moment(diary, day, zone, now))
        check(pen.held, now)


def _moment(diary: Diary, day: int, zone: ZoneInfo, now: datetime) -> datetime:
    """The hour of a day; today's was a moment ago."""
    return min(datetime.combine(diary.day(day), _OPENS, zone), now - timedelta(minutes=5))


def _record(pen: Pen, writers: dict[str, Writer], events: list[Said], moment: datetime) -> None:
    for minute, event in enumerate(events):
        pen.at = moment + timedelta(seconds=20 * minute)
        kind = event["kind"]
        pen.writer = writers[_WHOSE.get(kind, "nurse")]
        if kind == "dispense":
            give(pen, Supply(event["prescription_id"], event["days"], tuple(event["capsules"])))
        elif kind == REGISTRY_NOT_REACHED:
            untold = ("kind", "at")
            pen.write(Form.OUTAGE, {n: each for n, each in event.items() if n not in untold})
        else:
            put(pen, event)


_WHOSE = {
    "diagnosis": "prescriber",
    "prescription": "prescriber",
    "mental_health": "prescriber",
    "prescriber_agreement": "prescriber",
    "pregnancy_category": "prescriber",
    "stop": "prescriber",
    "pregnancy": "prescriber",
    "relapse": "prescriber",
    "authorisation": "pharmacist",
    REGISTRY_NOT_REACHED: "pharmacist",
    "dispense": "pharmacist",
}
