"""Reminders: what is told to patients and to the team outside the clinic, and what became of it."""
