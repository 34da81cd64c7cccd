"""The author of an invented course, who writes its events day by day."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from isocourse.words import tokens

File = dict[str, Any]
Moments = Callable[[st.SearchStrategy[date]], st.SearchStrategy[str]]

METHODS = (
    "implant",
    "combined_pill",
    "male_condom",
    "injection",
    "copper_iud",
    "progestogen_only_pill",
    "partner_vasectomy",
    "female_condom",
    "withdrawal",
)
_GOOD = (("combined_pill", "male_condom"), ("implant", "male_condom"), ("implant", "injection"))
_ROLES = ("dermatologist", "specialist_nurse", "gp", "prescriber", "midwife", "dentist")


class Author:
    """Writes the events of a course, one day after another."""

    def __init__(self, draw: st.DrawFn, day: date, moments: Moments, mark: str = "") -> None:
        self.draw, self.day, self.mark = draw, day, mark
        self.events: list[File] = []
        self.recorded: list[str] = []  # the methods recorded last
        self._moments = moments

    def go(self, days: int) -> None:
        """Let days pass."""
        self.day += timedelta(days=days)

    def one_in(self, so_many: int) -> bool:
        """True once in so many times."""
        return bool(self.draw(st.integers(1, so_many)) == so_many)

    def perhaps(self, in_ten: int, then: Callable[..., object], *of: Any, **said: Any) -> None:
        """Do it so many times in ten."""
        if self.draw(st.integers(0, 9)) < in_ten:
            then(*of, **said)

    def pick(self, *of: Any) -> Any:
        """One of these."""
        return self.draw(st.sampled_from(of))

    def near(self, *days: int) -> str:
        """A day so many days from the present one."""
        return (self.day + timedelta(days=self.pick(*days))).isoformat()

    def add(self, kind: str, **said: Any) -> None:
        """Write an event of this day, now and then recorded late or by somebody named."""
        event = {
            "id": f"{self.mark}e{len(self.events) + 1}",
            "at": self.draw(self._moments(st.just(self.day))),
            "kind": kind,
            **{key: value for key, value in said.items() if value is not None},
        }
        if self.one_in(12):
            event["recorded_at"] = self.draw(self._moments(st.just(self.day + timedelta(days=4))))
        self.events.append(event)

    def last(self, kind: str, key: str) -> Any:
        """What an event of a kind said: mostly the newest one."""
        said = [e[key] for e in self.events if e["kind"] == kind and key in e]
        if not said:
            return f"{self.mark}none"
        return said[-1] if self.draw(st.integers(0, 5)) else self.pick(*said)

    def by(self) -> File:
        """Who recorded it."""
        return {"role": self.pick(*_ROLES)}

    def test(self) -> None:
        """A pregnancy test, mostly negative and in a good setting."""
        good = ("clinic", "laboratory")
        result = self.pick(*("negative",) * 9, "invalid")
        self.add(
            "pregnancy_test",
            result=result,
            specimen="urine",
            setting=self.pick(*good * 4, *tokens.SETTINGS),
            falsification_safeguard=self.pick(None, True, False),
        )

    def visit(self) -> None:
        """The patient is seen."""
        role, by = self.pick(None, *_ROLES, *_ROLES), self.pick(None, None, self.by())
        self.add("visit", mode=self.pick("in_person", "remote"), role=role, by=by)

    def comprehension(self) -> None:
        """The patient answers, mostly with the methods recorded."""
        own = self.recorded or ["abstinence"]
        entered = self.pick(own, own, own[:1], None, ["abstinence"], ["implant", "male_condom"])
        self.add("comprehension", passed=not self.one_in(6), contraception=entered)

    def contraception(self) -> None:
        """Methods that begin around this day, or abstinence."""
        if self.one_in(5):
            self.recorded = []
            agreed = self.pick(None, True, False)
            self.add("contraception", abstinence=True, agreed_by_prescriber=agreed)
            return
        several = st.lists(st.sampled_from(METHODS), min_size=1, max_size=3, unique=True)
        methods = self.draw(st.sampled_from(_GOOD).map(list) | several)
        self.recorded = methods
        since = [
            {"method": each, "since": self.near(0, 0, -1, -27, -28, -31, -90, 2, 10)}
            for each in methods
        ]
        self.add("contraception", methods=since)

    def prescription(self) -> None:
        """A prescription for a month or so."""
        number = sum(e["kind"] == "prescription" for e in self.events) + 1
        capsules: File = self.pick(
            {},
            {"capsule_mg": 20, "quantity": 60},
            {"capsule_mg": 25, "quantity": 35},
            {"capsules": [{"mg": 25, "quantity": 30}, {"mg": 10, "quantity": 30}]},
            {"quantity": 30},
        )
        cycle: File = self.pick(
            {}, {}, {"days_on": 1, "cycle_days": 2}, {"days_on": 7, "cycle_days": 28}
        )
        self.add(
            "prescription",
            prescription_id=f"{self.mark}rx-{number}",
            daily_dose=self.pick(20, 40, 30.5, 25),
            unit="mg/day",
            days=self.pick(28, 30, 31),
            doses_per_day=self.pick(None, 1, 2),
            refills=self.pick(None, None, 0, 1, 2),
            formulation=self.pick(None, *tokens.FORMULATIONS),
            product=self.pick(
                None, "claravis", "accutane", "absorica", "absorica 25 mg", "roaccutane"
            ),
            role=self.pick(None, *_ROLES),
            by=self.pick(None, self.by()),
            certified_on=self.pick(None, None, self.near(0, -1, -3, 1)),
            **capsules,
            **cycle,
        )

    def authorisation(self) -> None:
        """The registry's word."""
        self.add(
            "authorisation",
            number=f"n{self.draw(st.integers(1, 3))}",
            prescription_id=self.pick(None, None, self.last("prescription", "prescription_id")),
            do_not_dispense_after=self.pick(None, self.near(0, 3, 6)),
        )

    def dispense(self) -> None:
        """Capsules are handed over."""
        name = self.last("prescription", "prescription_id")
        capsules: File = self.pick({}, {}, {"capsule_mg": 20, "quantity": 60})
        self.add("dispense", prescription_id=name, days=self.pick(28, 30), **capsules)

    def take_back(self) -> None:
        """Some events were recorded in error."""
        for number in range(self.draw(st.integers(0, 2)) if self.events else 0):
            wrong = self.pick(*self.events)
            self.add("retract", event=wrong["id"])
            self.events[-1]["id"] = f"{self.mark}r{number}"
        retracts = [e for e in self.events if e["kind"] == "retract"]
        named = {e["id"] for e in retracts}
        self.events = [e for e in self.events if e.get("event") not in named]
