"""Write the generated pages, sessions and picture under docs, or check that they are up to date.

- `python tools/docs.py` writes what differs
- `python tools/docs.py --check` changes nothing; fails when a page differs from the code
"""

import sys
from pathlib import Path

from pages.all import every_page
from pages.picture import picture
from pages.sessions import pages_with_sessions, played
from pages.trust import pictures

DOCS = Path(__file__).resolve().parent.parent / "docs"
FOLDERS = ("reference",)


def wanted(folder: Path = DOCS) -> dict[str, str]:
    """What everything should say: the generated pages, the sessions as they play, the picture."""
    sessions = {name: played(_held(folder / name) or "") for name in pages_with_sessions(folder)}
    return {**every_page(), **sessions, "assets/assess.svg": picture(), **pictures()}


def differing(pages: dict[str, str], folder: Path = DOCS) -> list[str]:
    """The pages that say something else, those too that nothing writes any more."""
    found = [name for name, text in pages.items() if _held(folder / name) != text]
    return sorted(found + [name for name in _generated(folder) if name not in pages])


def write(folder: Path = DOCS) -> list[str]:
    """Write every page that differs; the names of those written or removed."""
    pages = wanted(folder)
    names = differing(pages, folder)
    for name in names:
        path = folder / name
        if name not in pages:
            path.unlink()
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(pages[name], encoding="utf-8", newline="\n")
    return names


def _held(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None


def _generated(folder: Path) -> list[str]:
    held = (path for each in FOLDERS for path in (folder / each).rglob("*.md"))
    return [path.relative_to(folder).as_posix() for path in held]


def main(arguments: list[str]) -> int:
    """Do what the arguments say; the exit status."""
    if arguments not in ([], ["--check"]):
        print(__doc__, file=sys.stderr)
        return 2
    names = differing(wanted()) if arguments else write()
    for name in names:
        print(f"{'differs' if arguments else 'written'}: docs/{name}")
    if arguments and names:
        print("Run `make docs` and look at what changed.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
