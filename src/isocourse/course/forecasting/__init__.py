"""What is likely for one patient: virtual twins by the record, under each regimen."""

from isocourse.course.forecasting.forecast import Basis, Forecast, Outlook, basis, forecast, under
from isocourse.course.forecasting.regimens import Regimen, chosen, regimens, typed

__all__ = [
    "Basis",
    "Forecast",
    "Outlook",
    "Regimen",
    "basis",
    "chosen",
    "forecast",
    "regimens",
    "typed",
    "under",
]
