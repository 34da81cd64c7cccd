"""The tables of the hooks."""
