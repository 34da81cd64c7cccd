"""The demonstration: the same patients everywhere, in every state, and never among real ones."""

from collections import Counter
from datetime import UTC, date, datetime

import pytest
from tests.clinic import team

from isocourse.clinic.demonstration import making
from isocourse.clinic.demonstration.stories import STORIES
from isocourse.clinic.log import clock
from isocourse.clinic.log.models import Course, Entry
from isocourse.clinic.log.reading import read
from isocourse.clinic.log.verifying import verify
from isocourse.clinic.people.models import Installation, User
from isocourse.clinic.worklist.models import Standing
from isocourse.clinic.worklist.naming import STATES

NOW = datetime(2026, 11, 26, 15, 0, tzinfo=UTC)


def test_every_patient_stands_where_their_story_says(sqlite: str) -> None:
    with clock.standing_at(NOW):
        making.make(NOW)
        expected = [
            story.states
            for place in ("us", "uk")
            for story in STORIES.values()
            for _ in range(story.patients[place])
        ]
        standings = list(Standing.objects.order_by("pk"))
        assert 110 <= len(standings) <= 130 and len(expected) == len(standings)
        for story, standing in zip(expected, standings, strict=True):
            assert standing.state in story, (story, standing.state, standing.code)
    assert {each.state for each in standings} == STATES.keys() - {"broken"}
    assert list(verify(None)) == [] and Installation.objects.get().demonstration
    given = Counter(e["kind"] for c in Course.objects.all()[:40] for e in read(c).events)
    assert given["dispense"] > 30
    assert Entry.objects.filter(recorded_at__gt=NOW).count() == 0


def test_the_same_patients_on_every_machine() -> None:
    day = date(2026, 11, 26)
    one, other = list(making.diaries("us", day)), list(making.diaries("us", day))
    assert one == other and len({each.name for each in one}) == len(one)


def test_it_is_counted_from_today() -> None:
    one = list(making.diaries("uk", date(2026, 11, 26)))
    other = list(making.diaries("uk", date(2027, 3, 1)))
    assert [each.days.keys() for each in one] == [each.days.keys() for each in other]
    assert one[0].born != other[0].born


def test_it_is_never_made_where_real_data_are(sqlite: str) -> None:
    team.opened(team.clinic())
    with pytest.raises(making.RealData, match="not empty"):
        making.make_for_today()
    Installation.objects.create(demonstration=False, made_at=NOW)
    with pytest.raises(making.RealData, match="belongs to a clinic"):
        making.make_for_today()
    assert Course.objects.count() == 1


def test_people_alone_are_real_data_too(sqlite: str) -> None:
    User.objects.create_user("somebody", "a long enough password")
    with pytest.raises(making.RealData):
        making.make_for_today()
