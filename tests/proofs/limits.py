"""What each place asks, written down a second time from the rule sheets: the proofs' own copy.

Kept apart from `rules/*/values.toml` on purpose: a slip in one of the two is found by the other.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Limits:
    """The limits of one place from one day on, for a person who can become pregnant."""

    place: str
    since: date
    test_days: int  # the day of the specimen included
    counted_to: str  # the day to which the age of a test is counted for a hand-over
    hand_over_days: int | None  # from the prescription (or its certification), that day included
    lead_days: int
    supply_days: int | None
    supply_binds_all: bool
    needs: tuple[str, ...]  # facts that have to be known and yes
    needs_all: tuple[str, ...]  # the same, for those who cannot become pregnant as well


_US = ("patient_enrolled", "prescriber_enrolled", "consent_general")
_US_ABLE = (*_US, "consent_birth_defects", "counselled")

LIMITS = (
    Limits("us", date(2021, 12, 13), 7, "hand_over", None, 30, 30, True, _US_ABLE,
           (*_US, "counselled")),
    Limits("us", date(2026, 11, 15), 7, "hand_over", None, 30, 30, True, _US_ABLE,
           (*_US, "counselled")),
    Limits("uk", date(2018, 6, 21), 4, "prescription", 7, 28, 30, False,
           ("patient_enrolled", "acknowledged_risk"), ()),
    Limits("uk", date(2023, 10, 31), 4, "prescription", 7, 28, 30, False,
           ("patient_enrolled", "acknowledged_risk", "counselled"),
           ("acknowledged_risk", "counselled")),
    Limits("eu", date(2018, 6, 21), 4, "prescription", 7, 28, 30, False,
           ("patient_enrolled", "acknowledged_risk"), ()),
    Limits("de", date(2018, 6, 21), 4, "prescription", 7, 28, 30, False,
           ("patient_enrolled", "acknowledged_risk"), ()),
    Limits("fr", date(2018, 6, 21), 4, "prescription", 7, 28, 30, False,
           ("patient_enrolled", "care_agreement"), ()),
    Limits("it", date(2018, 6, 21), 4, "certified", 7, 28, 30, True,
           ("patient_enrolled", "acknowledged_risk"), ()),
    Limits("in", date(2018, 12, 19), 4, "hand_over", None, 28, None, False, (), ()),
)  # fmt: skip


def limits_of(place: str, day: date) -> Limits:
    """The limits of a place on a day."""
    held = [each for each in LIMITS if each.place == place and each.since <= day]
    return max(held, key=lambda each: each.since)
