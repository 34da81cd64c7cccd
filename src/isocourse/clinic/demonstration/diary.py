"""The diary of a synthetic patient: what happens on which day, before it is recorded."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from isocourse.words.places import ZONES

Said = Mapping[str, Any]

REGISTRY_NOT_REACHED = "registry_not_reached"
PILL_AND_CONDOM = ("combined_pill", "male_condom")
_LABS = (("alt", "U/L"), ("ast", "U/L"), ("triglycerides", "mg/dL"), ("total_cholesterol", "mg/dL"))
_TOPICS = ["conditions", "allergies", "medicines", "breastfeeding", "psychiatric"]


@dataclass
class Diary:
    """A patient and their days, counted from today: -30 is a month ago."""

    name: str
    woman: bool
    place: str
    born: date
    today: date
    weight: float
    dose: int
    days: dict[int, list[Said]] = field(default_factory=dict)

    def on(self, day: int, kind: str, **said: Any) -> None:
        """Something happens on a day."""
        event = {"kind": kind, "at": self.day(day).isoformat(), **said}
        self.days.setdefault(day, []).append(event)

    def day(self, day: int) -> date:
        """The date of a day."""
        return self.today + timedelta(days=day)

    def arrives(self, day: int) -> None:
        """First consultation: what the referral says, and nothing else yet."""
        self.on(day, "visit", mode="in_person", role="dermatologist")
        self.on(day, "diagnosis", severity="nodular", scarring=True, distress=True)
        self.on(day, "prior_treatment", treatment="oral_antibiotic", weeks=14, outcome="failed")
        self.on(day, "prior_treatment", treatment="topical", weeks=20, outcome="partial")
        self.on(day, "weight", value=self.weight, unit="kg")
        self.on(day, "lesions", comedones=34, papules_pustules=41, nodules=6)

    def work_up(self, day: int) -> None:
        """All that is asked, examined and signed before a start."""
        self.arrives(day)
        self.on(day, "pregnancy_category", **self._category())
        self.on(day, "history_review", topics=_TOPICS)
        self.mood(day, 3)
        self.on(day, "sexual_function", assessed=True, concern=False)
        self.labs(day, 19, 88)
        self.on(day, "severity", scale="iga", score=4)
        self.on(day, "severity", scale="gags", score=27)
        self.on(day, "questionnaire", instrument="dlqi", score=14)
        self.photographed(day)
        for who in ("prescriber", "patient", "pharmacy") if self.place == "us" else ("patient",):
            self.on(day, "enrolment", who=who, active=True)
        self.consents(day)
        if self.woman:
            self._prevention(day)

    def photographed(self, day: int) -> None:
        """A photograph that is kept elsewhere; of a synthetic face there is only a digest."""
        digest = sha256(self.name.encode()).hexdigest()
        ref = f"photographs/{digest[:6]}"
        self.on(day, "document", ref=ref, sha256=digest, title="photograph of the face")

    def _category(self) -> Said:
        if self.woman:
            return {"can_become_pregnant": True}
        return {"can_become_pregnant": False, "reason": "cisgender_male"}

    def consents(self, day: int) -> None:
        """The forms of the place."""
        if self.place != "us":
            self.on(day, "consent", form="acknowledgement_of_risk")
            self.on(day, "prescriber_agreement", prescriber="p1", role="dermatologist")
        else:
            for form in ("general", "birth_defects") if self.woman else ("general",):
                self.on(day, "consent", form=form)
        self.on(day, "counselling")

    def _prevention(self, day: int) -> None:
        since = self.day(day - 60).isoformat()
        methods = [{"method": each, "since": since} for each in PILL_AND_CONDOM]
        if self.place != "us":
            methods = [{"method": "copper_iud", "since": since}]
        self.on(day, "contraception", methods=methods)
        self.on(day, "cycle", regular=False)
        self.test(day)

    def test(self, day: int, result: str = "negative") -> None:
        """A pregnancy test in the clinic."""
        if self.woman:
            self.on(day, "pregnancy_test", result=result, specimen="urine", setting="clinic")

    def labs(self, day: int, enzyme: int, triglycerides: int) -> None:
        """Liver and lipids."""
        found = (enzyme, enzyme + 2, triglycerides, 150 + triglycerides // 5)
        for (test, unit), value in zip(_LABS, found, strict=True):
            more = {"upper_limit": 40} if unit == "U/L" else {"fasting": True}
            self.on(day, "lab", test=test, value=value, unit=unit, **more)

    def mood(self, day: int, score: int, item_9: int = 0) -> None:
        """Mood, asked and scored."""
        concern = "none" if score < 10 else "low_mood"
        self.on(day, "mental_health", assessed=True, concern=concern)
        self.on(day, "questionnaire", instrument="phq-9", score=score, item_9=item_9)

    def visit(self, day: int, number: int) -> None:
        """A monthly visit without its prescription: skin, mood, labs, test, advice."""
        self.on(day, "visit", mode="in_person", role="dermatologist")
        if number:
            self.on(day, "weight", value=round(self.weight + 0.3 * number, 1), unit="kg")
            self._skin(day, number)
            self.labs(day, 19 + 2 * number, 88 + 9 * number)
        self.mood(day, max(1, 4 - number))
        self.on(day, "sexual_function", assessed=True, concern=False)
        self.on(day, "counselling")
        self.test(day)
        if self.place == "us" and self.woman:
            self.on(day, "comprehension", passed=True, contraception=list(PILL_AND_CONDOM))

    def _skin(self, day: int, number: int) -> None:
        left = (34, 30, 21, 14, 8, 4, 2)[min(number, 6)]
        inflamed = (37, 27, 11, 6, 3, 2, 2)[min(number, 6)]
        self.on(day, "lesions", comedones=left, papules_pustules=inflamed, nodules=inflamed // 6)
        self.on(day, "severity", scale="iga", score=max(0, 4 - number // 2 - number % 2))
        self.on(day, "symptom", symptom="cheilitis", grade=2 if number > 1 else 1)
        if number in (1, 3):
            self.on(day, "symptom", symptom="dry_eyes", grade=1)

    def prescribed(self, day: int) -> None:
        """A prescription for thirty days, in capsules that there are."""
        capsules = [{"mg": 20, "quantity": 30 * self.dose // 20}]
        self.on(
            day,
            "prescription",
            prescription_id=self.rx(day),
            daily_dose=self.dose,
            unit="mg/day",
            doses_per_day=2 if self.dose > 20 else 1,
            days=30,
            formulation="conventional",
            capsules=capsules,
            role="dermatologist",
        )

    def rx(self, day: int) -> str:
        """The name of the prescription of a day."""
        return f"rx-{self.day(day).isoformat()}"

    def tried_in_vain(self, day: int, written: int) -> None:
        """The registry could not be reached; a record of the log and no event of the course."""
        done = "Capsules are kept aside. The patient is called when the registry answers."
        at = datetime.combine(self.day(day), time(8, 10), ZoneInfo(ZONES[self.place]))
        self.on(
            day,
            REGISTRY_NOT_REACHED,
            about="authorise",
            prescription_id=self.rx(written),
            how="telephone" if written % 2 else "no_answer",
            reference="call 20417",
            done=done,
            tried_at=at.isoformat(),
        )

    def authorised(self, day: int) -> None:
        """The registry's word, where there is a registry."""
        if self.place == "us":
            self.on(day, "authorisation", number=f"9{self.day(day):%y%m%d}41")

    def handed_over(self, day: int, written: int) -> None:
        """The pharmacy hands the capsules over, if the gate is open."""
        packs = [{"mg": 20, "quantity": 30 * self.dose // 20}]
        self.on(day, "dispense", prescription_id=self.rx(written), days=30, capsules=packs)

    def month(self, day: int, number: int, handed: bool = True) -> None:
        """A whole month: visit, prescription, the registry's word, capsules the day after."""
        self.visit(day, number)
        self.prescribed(day)
        self.authorised(day)
        if handed:
            self.handed_over(day + 1, day)

    def treated(self, months: int, last: int) -> None:
        """A course of so many months, the last prescription written on a day, all handed over."""
        first = last - 31 * (months - 1)
        self.work_up(first - 45)
        for number in range(months):
            self.month(first + 31 * number, number)
