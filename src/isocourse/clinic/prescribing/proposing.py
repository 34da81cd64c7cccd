"""What may be prescribed: daily doses of the usual range, made up of capsules on the market."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from isocourse.clinic.visits.knowing import Known
from isocourse.clinic.worklist.standing import assessed
from isocourse.course.dosing import Plan, Recommended, plan
from isocourse.course.dosing.capsules import in_milligrams
from isocourse.words.codes import Formulation, word

_FORMULATIONS = {word(each): each for each in Formulation}


@dataclass(frozen=True, slots=True)
class Proposal:
    """A daily dose in µg with its capsules, and why it is proposed."""

    dose: int
    mg_per_kg: float | None
    capsules: str
    why: list[Promise] = field(default_factory=list)

    @property
    def mg(self) -> str:
        """The dose in mg, as it is typed."""
        return f"{in_milligrams(self.dose):g}"


def strengths(known: Known, formulation: str) -> tuple[int, ...]:
    """The capsules on the market of this place, in µg."""
    return known.rules.dosing.formulations[_FORMULATIONS[formulation]].strengths


def capsules_of_a_day(known: Known, dose: int, formulation: str, twice: bool) -> Plan | None:
    """The capsules that make up a daily dose; None when none do."""
    return plan(dose, strengths(known, formulation), twice)


def proposals(known: Known, twice: bool) -> list[Proposal]:
    """The doses that the engine recommends, and the one in use, from low to high."""
    reasons: dict[int, list[Promise]] = {}
    for dose, why in _recommended(known):
        reasons.setdefault(dose, []).append(why)
    formulation = assessed(known.held).dose.recommended.formulation
    made = [(dose, capsules_of_a_day(known, dose, formulation, twice)) for dose in sorted(reasons)]
    return [
        Proposal(dose, _per_kg(known, dose), str(each), reasons[dose])
        for dose, each in made
        if each is not None
    ]


def _recommended(known: Known) -> Iterator[tuple[int, Promise]]:
    found = assessed(known.held).dose.recommended
    named: Sequence[tuple[int | None, Promise]] = (
        (found.low, _("lower end of the usual range")),
        (found.start, _("to start with")),
        (_between(found), _("one step up")),
        (found.high, _("upper end of the usual range")),
    )
    yield from ((dose, why) for dose, why in named if dose)
    last = known.latest("prescription")
    if last:
        yield round(last["daily_dose"] * 1000), _("as prescribed last")


def _between(found: Recommended) -> int | None:
    """The next dose above the lower end, where it is still within the usual range."""
    if found.low is None or found.high is None or found.step is None:
        return None
    return found.low + found.step if found.low + found.step < found.high else None


def most(known: Known) -> str | None:
    """The most that the label knows at this weight, in mg; said and never proposed."""
    found = assessed(known.held).dose.recommended.maximum
    return None if found is None else f"{in_milligrams(found):g}"


def _per_kg(known: Known, dose: int) -> float | None:
    grams = known.facts["sound_weight"]
    return float(round(Fraction(dose, grams), 2)) if grams else None
