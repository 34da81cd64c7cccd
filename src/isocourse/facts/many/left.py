"""What became of each course in the compiled loop."""

from enum import IntEnum


class Left(IntEnum):
    """What became of a course: its facts were found, or why it is left to the code for one."""

    DONE = 0
    DOUBTFUL = 1
    """An entry is not surely well formed."""
    LARGE = 2
    """There are more entries than there is room for."""
    TIED = 3
    """Two entries of one time say different things, and their order may tell."""
    EARLIER = 4
    """There is an earlier course."""
