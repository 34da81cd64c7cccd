"""What is likely for one patient: virtual twins by the record, under each regimen."""

from isocourse.course.forecasting.forecast import Basis, Forecast, Outlook, basis, forecast, under
from isocourse.course.forecasting.regimens import (
    Regimen,
    chosen,
    possible,
    regimens,
    typed,
    written,
)

__all__ = [
    "Basis",
    "Forecast",
    "Outlook",
    "Regimen",
    "basis",
    "chosen",
    "forecast",
    "possible",
    "regimens",
    "typed",
    "under",
    "written",
]
