"""Enrolment, consent, counselling and comprehension."""
