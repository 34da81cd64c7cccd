"""Keep the catalogues of what patients read: extract, compile, or check that nothing is missing.

- `python tools/languages.py extract [APP ...]` writes every msgid of an app of the clinic into
  `clinic/APP/locale/LANGUAGE/LC_MESSAGES/django.po`, keeping what was translated, then compiles;
  an app that is named gets its catalogues, without a name those that have some are written anew
- `python tools/languages.py compile` writes the `.mo` beside each `.po` (both are committed)
- `python tools/languages.py --check` changes nothing; fails when a text is not in a catalogue or
  not translated, a placeholder differs, plural forms are wrong, or a `.mo` is old

A catalogue that begins with the line `# Unfinished.` may lack translations and nothing else: take
the line out when they are all there. An app's module `msgids` may say more: `elsewhere()` gives
texts that come from elsewhere than the app's own files, and READ_BY_PATIENTS names the files that
patients read, where the staff read the others. Needs Babel, and no GNU gettext.
"""

import sys
from pathlib import Path

from words.catalogues import Place, apps, compiled, merged, places, written
from words.checking import wrong
from words.extracting import extracted

ROOT = Path(__file__).resolve().parent.parent
CLINIC = ROOT / "src" / "isocourse" / "clinic"


def extract(names: list[str], clinic: Path = CLINIC) -> list[Path]:
    """Bring the catalogues of some apps up to what their files say; the files that changed."""
    changed = []
    for app in names or apps(clinic):
        found = extracted(clinic / app)
        for place in places(clinic, app):
            changed += _keep(place.po, written(merged(place, found)))
    return changed + compile_all(clinic)


def compile_all(clinic: Path = CLINIC) -> list[Path]:
    """Write each `.mo` that differs from its `.po`."""
    held = [place for app in apps(clinic) for place in places(clinic, app)]
    return [path for each in held for path in _keep(each.mo, compiled(each))]


def check(clinic: Path = CLINIC) -> list[str]:
    """Everything that is wrong with the catalogues, a line each."""
    return [line for app in apps(clinic) for line in _of(clinic, app)]


def _of(clinic: Path, app: str) -> list[str]:
    found = extracted(clinic / app)
    told: list[tuple[Place, list[str]]] = [
        (place, wrong(place, found)) for place in places(clinic, app)
    ]
    return [f"{place.app}/{place.language}: {line}" for place, lines in told for line in lines]


def _keep(path: Path, said: bytes) -> list[Path]:
    if path.is_file() and path.read_bytes() == said:
        return []
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(said)
    return [path]


def main(arguments: list[str]) -> int:
    """Do what the arguments say; the exit status."""
    match arguments:
        case ["extract", *names]:
            lines = [f"written: {each.relative_to(ROOT)}" for each in extract(names)]
        case ["compile"]:
            lines = [f"written: {each.relative_to(ROOT)}" for each in compile_all()]
        case ["--check"]:
            lines = check()
        case _:
            print(__doc__, file=sys.stderr)
            return 2
    print("\n".join(lines) or "Nothing to do.")
    return int(arguments == ["--check"] and bool(lines))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
