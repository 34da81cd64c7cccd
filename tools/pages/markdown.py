"""Small pieces of Markdown, written the same way on every page."""

from collections.abc import Iterable, Sequence

MADE = "<!-- Written by tools/docs.py from the code. Change the code, then run `make docs`. -->"


def page(title: str, *parts: str) -> str:
    """A whole page: its title, the note that it is generated, its parts."""
    return "\n\n".join([f"# {title}", MADE, *(part for part in parts if part)]) + "\n"


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table; empty text when it has no rows."""
    lines = [_line(row) for row in rows]
    if not lines:
        return ""
    return "\n".join([_line(head), _line(["---"] * len(head)), *lines])


def code(word: object) -> str:
    """A word as it stands in a file or on a command line."""
    return f"`{word}`"


def codes(words: Iterable[object]) -> str:
    """Several such words, separated by commas."""
    return ", ".join(map(code, words))


def link(text: str, target: str) -> str:
    """A link."""
    return f"[{text}]({target})"


def anchor(heading: str) -> str:
    """The anchor that GitHub gives a heading."""
    kept = [each for each in heading.lower() if each.isalnum() or each in " -_"]
    return "".join(kept).replace(" ", "-")


def _line(cells: Iterable[object]) -> str:
    written = [str(cell).replace("|", "\\|").replace("\n", " ") for cell in cells]
    return f"| {' | '.join(written)} |"
