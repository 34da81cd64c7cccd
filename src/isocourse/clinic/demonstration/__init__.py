"""A clinic to try."""
