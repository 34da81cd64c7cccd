"""The tables, release by release."""
