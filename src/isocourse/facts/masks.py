"""Masks: one whole number with a bit for each word that holds. Part of the compiled pass."""

from isocourse.facts.compiled import part


@part
def holds(mask, number):
    """Whether a mask has the bit of this number."""
    return number >= 0 and (mask >> number) & 1 == 1


@part
def bits(mask):
    """How many bits a mask has."""
    count = 0
    while mask != 0:
        mask &= mask - 1
        count += 1
    return count
