"""The tables of the reminders."""
