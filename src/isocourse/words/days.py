"""Days as whole numbers since 1 January 1970, and calendar arithmetic on them.

The functions here use nothing but whole numbers, so that the compiled pass can use them too.
The civil calendar follows the days-from-civil method of counting years from 1 March.
"""

from datetime import date, timedelta

_EPOCH = date(1970, 1, 1)
_EPOCH_ORDINAL = _EPOCH.toordinal()


def day_number(day: date) -> int:
    """Days from 1 January 1970 to this date."""
    return day.toordinal() - _EPOCH_ORDINAL


def as_date(number: int) -> date:
    """The date of a day number."""
    return _EPOCH + timedelta(days=number)


def civil(number: int) -> tuple[int, int, int]:
    """Year, month and day of a day number in the Gregorian calendar."""
    shifted = number + 719468
    era = shifted // 146097
    of_era = shifted - era * 146097
    year_of_era = (of_era - of_era // 1460 + of_era // 36524 - of_era // 146096) // 365
    of_year = of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    from_march = (5 * of_year + 2) // 153
    day = of_year - (153 * from_march + 2) // 5 + 1
    month = from_march + 3 if from_march < 10 else from_march - 9
    year = year_of_era + era * 400 + (1 if month <= 2 else 0)
    return year, month, day


def whole_months(since: int, until: int) -> int:
    """Calendar months completed from one day number to another.

    A month is complete when the same day of the month comes round; in a month that is too short
    for it, on the first of the next month.
    """
    year, month, day = civil(since)
    year_, month_, day_ = civil(until)
    return (year_ - year) * 12 + (month_ - month) - (1 if day_ < day else 0)


def months_later(since: int, months: int) -> int:
    """The first day number on which so many calendar months are complete, by `whole_months`."""
    year, month, day = civil(since)
    ahead = year * 12 + month - 1 + months
    first, following = first_of_month(ahead), first_of_month(ahead + 1)
    return min(first + day - 1, following)


def first_of_month(months: int) -> int:
    """The day number of the first of a month, told by the months since year 0."""
    from_march = months - 2
    year = from_march // 12
    era = year // 400
    of_era = year - era * 400
    of_year = (153 * (from_march - year * 12) + 2) // 5
    return era * 146097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719468


def whole_years(since: int, until: int) -> int:
    """Years completed from one day number to another, by the rule of `whole_months`."""
    months = whole_months(since, until)
    return months // 12
