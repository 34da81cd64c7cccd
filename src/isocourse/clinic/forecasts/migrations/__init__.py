"""The tables of the forecasts."""
