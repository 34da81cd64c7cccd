"""Errors that are told to whoever runs a command, in a sentence and without a traceback."""


class Told(Exception):
    """What cannot be worked with, in words that say what to do."""
