"""What is likely for one patient: virtual twins by the record, under each regimen."""

from isocourse.course.forecasting.forecast import Forecast, Outlook, forecast
from isocourse.course.forecasting.regimens import Regimen, typed

__all__ = ["Forecast", "Outlook", "Regimen", "forecast", "typed"]
