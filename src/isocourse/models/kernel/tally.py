"""Counting into bins: how quantiles of any number of people are had in a fixed amount of memory."""

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
