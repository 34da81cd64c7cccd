"""Counting into bins: how quantiles of any number of people are had in a fixed amount of memory."""

import numpy as np

from isocourse.models.kernel.kept import kept


@kept
def tally(values, low, high, sums, bins):
    """Add values [week, person] to the sums of each week and to its bins between low and high."""
    count = bins.shape[1]
    scale = count / (high - low)
    for week in range(values.shape[0]):
        total = 0.0
        for person in range(values.shape[1]):
            value = values[week, person]
            total += value
            place = int((value - low) * scale)
            bins[week, min(max(place, 0), count - 1)] += 1
        sums[week] += total


@kept
def count(held, now, by):
    """Count for each week in whom something holds [week, person], and in whom it ever has."""
    people = held.shape[1]
    ever = np.zeros(people, np.bool_)
    for week in range(held.shape[0]):
        here = held[week]
        holds = 0
        has = 0
        for person in range(people):
            ever[person] |= here[person]
            holds += here[person]
            has += ever[person]
        now[week] = holds
        by[week] = has


@kept
def quantiles(bins, shares, low, high, made):
    """The middles of the bins in which these shares of people, in order, are reached, by week.

    bins    [core, week, bin], counts of people
    made    [share, week]
    """
    cores, weeks, count = bins.shape
    width = (high - low) / count
    for week in range(weeks):
        people = 0
        for core in range(cores):
            people += bins[core, week].sum()
        reached = 0
        place = -1
        for n in range(len(shares)):
            while reached < shares[n] * people:
                place += 1
                for core in range(cores):
                    reached += bins[core, week, place]
            made[n, week] = low + (max(place, 0) + 0.5) * width
