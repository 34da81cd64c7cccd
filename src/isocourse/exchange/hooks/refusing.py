"""Why a request cannot be answered."""


class BadRequest(ValueError):
    """The request is not in the form of CDS Hooks; the text says what and what to do (400)."""


class DataNeeded(ValueError):
    """What the rules need was neither sent nor could be read; the text names it (412)."""
