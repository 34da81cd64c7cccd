"""The stories: one for each state that a clinic knows, each told for several patients."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from isocourse.clinic.demonstration.diary import Diary


@dataclass(frozen=True, slots=True)
class Story:
    """What happened, to how many of the patients of each clinic, and where they should stand."""

    tell: Callable[[Diary, int], None]
    patients: Mapping[str, int]
    states: frozenset[str]
    only_women: bool = False


def _new_today(diary: Diary, turn: int) -> None:
    diary.arrives(-(turn % 4))


def _waiting(diary: Diary, turn: int) -> None:
    diary.work_up(-12 - turn)


def _ready(diary: Diary, turn: int) -> None:
    diary.work_up(-40 - turn)
    diary.visit(-1, 0)


def _allowed(diary: Diary, turn: int) -> None:
    months = turn % 6
    if months:
        diary.treated(months, -33)
    else:
        diary.work_up(-46)
    diary.month(-1, months, handed=False)


def _closing(diary: Diary, turn: int) -> None:
    diary.treated(1 + turn % 4, -37)
    diary.month(-6, 1 + turn % 4, handed=False)


def _no_word(diary: Diary, turn: int) -> None:
    """The registry has not authorised, or (without a registry) the acknowledgement is missing."""
    diary.treated(1 + turn % 3, -33)
    diary.visit(-2, 1 + turn % 3)
    diary.prescribed(-2)
    if diary.place == "us" and turn % 2:
        diary.tried_in_vain(-1, -2)


def _window_missed(diary: Diary, turn: int) -> None:
    diary.treated(2 + turn % 2, -41)
    diary.month(-10, 2 + turn % 2, handed=False)


def _lipids(diary: Diary, turn: int) -> None:
    diary.treated(2, -32)
    diary.month(-2, 2, handed=False)
    diary.labs(-1, 34, 910 + 40 * turn)


def _item_nine(diary: Diary, turn: int) -> None:
    diary.treated(1 + turn, -32)
    diary.month(-2, 1 + turn, handed=False)
    diary.mood(-1, 14, item_9=1)


def _tetracycline(diary: Diary, turn: int) -> None:
    diary.treated(3, -32)
    diary.month(-2, 3, handed=False)
    diary.on(-1, "medicine", name="doxycycline", status="started")
    diary.on(-1, "symptom", symptom="headache", grade=2)


def _in_month(diary: Diary, turn: int) -> None:
    diary.treated(1 + turn % 6, -4 - 3 * (turn % 7))


def _month_four(diary: Diary, turn: int) -> None:
    diary.treated(4, -9 - turn)


def _overdue(diary: Diary, turn: int) -> None:
    diary.treated(2 + turn % 3, -44 - 3 * turn)


def _stopped(diary: Diary, turn: int) -> None:
    diary.treated(2, -50 - turn)
    diary.on(-31, "symptom", symptom="myalgia", grade=3)
    diary.on(-30, "stop", reason="side_effect" if turn % 2 else "patient_choice")


def _finished(diary: Diary, turn: int) -> None:
    diary.treated(6, -75 - 30 * turn)
    diary.on(-44 - 30 * turn, "stop", reason="completed" if turn % 2 else "clear")


def _just_finished(diary: Diary, turn: int) -> None:
    diary.treated(6, -36 - turn)
    diary.on(-5 - turn, "stop", reason="completed")


def _relapsed(diary: Diary, turn: int) -> None:
    diary.treated(6, -300 - 9 * turn)
    diary.on(-268 - 9 * turn, "stop", reason="completed")
    diary.on(-6 - turn, "visit", mode="in_person", role="dermatologist")
    diary.on(-6 - turn, "lesions", comedones=12, papules_pustules=15, nodules=2)
    diary.on(-6 - turn, "relapse", definition="clinician")


def _pregnant(diary: Diary, turn: int) -> None:
    diary.treated(2 + turn, -33)
    diary.visit(-40, 2)
    diary.test(-2, "positive")
    diary.on(-1, "pregnancy")


STORIES: Mapping[str, Story] = {
    "new": Story(_new_today, {"us": 8, "uk": 4}, frozenset({"new", "waiting"})),
    "waiting": Story(_waiting, {"us": 8, "uk": 0}, frozenset({"waiting"}), only_women=True),
    "ready": Story(_ready, {"us": 4, "uk": 3}, frozenset({"ready"})),
    "allowed": Story(_allowed, {"us": 12, "uk": 5}, frozenset({"allowed"})),
    "closing": Story(_closing, {"us": 5, "uk": 2}, frozenset({"closing"}), only_women=True),
    "no word": Story(_no_word, {"us": 5, "uk": 0}, frozenset({"blocked"})),
    "window missed": Story(_window_missed, {"us": 4, "uk": 2}, frozenset({"blocked"}), True),
    "lipids": Story(_lipids, {"us": 2, "uk": 1}, frozenset({"blocked"})),
    "item nine": Story(_item_nine, {"us": 2, "uk": 1}, frozenset({"blocked"})),
    "tetracycline": Story(_tetracycline, {"us": 2, "uk": 1}, frozenset({"blocked"})),
    "in a month": Story(_in_month, {"us": 14, "uk": 7}, frozenset({"on_treatment"})),
    "month four": Story(_month_four, {"us": 4, "uk": 2}, frozenset({"on_treatment"})),
    "overdue": Story(_overdue, {"us": 3, "uk": 1}, frozenset({"on_treatment", "paused"})),
    "stopped": Story(_stopped, {"us": 4, "uk": 2}, frozenset({"stopped"})),
    "finished": Story(_finished, {"us": 4, "uk": 2}, frozenset({"finished", "follow_up"})),
    "just finished": Story(_just_finished, {"us": 3, "uk": 1}, frozenset({"finished"})),
    "relapsed": Story(_relapsed, {"us": 3, "uk": 1}, frozenset({"relapsed"})),
    "pregnant": Story(_pregnant, {"us": 2, "uk": 1}, frozenset({"pregnant"}), only_women=True),
}
