"""What chance decides for virtual people: the same for a seed however the work is split.

People come in batches; each batch has a counter-based random stream of its own, named by seed and
batch. So person 5,000 is the same person on one core or on eight, alone or in a million.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from isocourse.models.parameters import Parameters

BATCH = 1024
OWN = 3
"""Weight, age and severity, which the population tells."""
_KEPT = 16
"""Batches kept for the next who asks: the twins of one patient after another, 0.4 MB each."""
_CHANCES = 5
"""Uniform numbers that are drawn for a person."""
Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Drawn:
    """What chance decides for each person, before anything is known of the population."""

    scores: Numbers  # [parameter that differs; then weight, age, severity; person], normal
    luck: Numbers  # [person], exponential
    chance: Numbers  # [5, person], uniform

    def of(self, chosen: Any) -> "Drawn":
        """Some of the people, or one of them several times."""
        return Drawn(self.scores[:, chosen], self.luck[chosen], self.chance[:, chosen])


def draws(of: Parameters, count: int, seed: int, first: int = 0) -> Drawn:
    """What chance decides for people number `first` to `first + count`."""
    begin, end = first // BATCH, -(-(first + count) // BATCH)
    differ = len(of.spread())
    parts = [_draws_of_batch(differ, seed, batch) for batch in range(begin, end)]
    cut = slice(first - begin * BATCH, first - begin * BATCH + count)
    if len(parts) == 1:
        return parts[0].of(cut)
    return Drawn(
        np.concatenate([each.scores for each in parts], axis=1),
        np.concatenate([each.luck for each in parts]),
        np.concatenate([each.chance for each in parts], axis=1),
    ).of(cut)


@lru_cache(_KEPT)
def _draws_of_batch(differ: int, seed: int, batch: int) -> Drawn:
    stream = stream_of(seed, batch)
    scores = np.empty((differ + OWN, BATCH))
    stream.standard_normal(out=scores[:-OWN])
    stream.standard_normal(out=scores[-OWN:])
    luck = stream.standard_exponential(BATCH)
    chance = stream.random((_CHANCES, BATCH))
    for each in (scores, luck, chance):
        each.flags.writeable = False  # they are shared by everyone who asks for them
    return Drawn(scores, luck, chance)


def stream_of(seed: int, batch: int, purpose: int = 0) -> np.random.Generator:
    """The random numbers of a batch for a purpose of its own."""
    key = np.array([seed % 2**64, batch * 2 + purpose], np.uint64)
    return np.random.Generator(np.random.Philox(key=key))
