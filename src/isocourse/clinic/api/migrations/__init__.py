"""The tables of this part change by migrations."""
