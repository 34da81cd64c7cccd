"""Dangerous doses and weights."""
