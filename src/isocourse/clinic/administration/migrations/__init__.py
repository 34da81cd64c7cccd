"""The tables of administration."""
