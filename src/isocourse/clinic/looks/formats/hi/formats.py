"""Hindi: Django writes 23:59 as "11:59", which may be either half of the day."""

TIME_FORMAT = "H:i"
DATETIME_FORMAT = "j F Y, H:i"
