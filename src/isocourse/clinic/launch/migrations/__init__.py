"""The tables of launches."""
