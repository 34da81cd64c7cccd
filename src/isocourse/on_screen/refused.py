"""What the command line cannot work with, told in a sentence and never as a traceback."""


class Refused(Exception):
    """A file or an argument that cannot be used; the text says what was found and what to do."""


def plural(count: int, one: str, many: str = "") -> str:
    """A count with its word: 1 error, 2 errors."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def closest(word: str, known: list[str]) -> str:
    """A hint at the known words that are most like this one; empty when none is."""
    from difflib import get_close_matches  # only wanted when something is wrong

    ends = [each for each in known if word.lower() in each]
    likely = list(dict.fromkeys([*get_close_matches(word.lower(), known, cutoff=0.5), *ends]))[:4]
    return f" Did you mean {' or '.join(likely)}?" if likely else ""
