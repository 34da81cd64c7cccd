"""What an app says to people: every text that is marked for translation, with where it stands.

Templates go through Django's own reading of them; what it yields is Python enough to be read by
Babel once the indentation, which means nothing there, is gone.
"""

import importlib
import re
from collections.abc import Collection, Iterable
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract

_MARKS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
_COMMENTS = ("Translators",)
_NOT = ("tests", "migrations", "locale", "static")


def extracted(app: Path) -> Catalog:
    """Every text of an app, in the order of its files."""
    found = Catalog(fuzzy=False)
    said_by, more = _named(app)
    for path in sorted(each for each in app.rglob("*") if _read(app, each, said_by)):
        where = path.relative_to(app).as_posix()
        for _, said, comments, context in _texts(path):
            found.add(said, locations=[(where, None)], auto_comments=comments, context=context)
    for said in more:
        found.add(said, locations=[("the engine", None)])
    return found


def _read(app: Path, path: Path, only: Collection[str]) -> bool:
    inside = path.relative_to(app)
    if only:
        return inside.as_posix() in only
    return path.suffix in (".py", ".html", ".txt") and not set(inside.parts) & set(_NOT)


def _texts(path: Path) -> Iterable[tuple[int, Any, list[str], str | None]]:
    said = path.read_text(encoding="utf-8")
    code = said if path.suffix == ".py" else _as_python(said)
    held = BytesIO(code.encode())
    return list(extract("python", held, keywords=_MARKS, comment_tags=_COMMENTS))


def _as_python(template: str) -> str:
    """A template with everything but its marked texts blanked out."""
    from django.utils.translation.template import templatize

    return re.sub(r"^[ \t]+", "", templatize(template), flags=re.MULTILINE)


def _named(app: Path) -> tuple[Collection[str], list[str]]:
    """Which files patients read (all, where none is named), and texts that others wrote."""
    if not (app / "msgids.py").is_file():
        return (), []
    held = importlib.import_module(f"isocourse.clinic.{app.name}.msgids")
    only = getattr(held, "READ_BY_PATIENTS", ())
    absent = [each for each in only if not (app / each).is_file()]
    if absent:
        raise FileNotFoundError(f"{app.name}/msgids.py names files that are not there: {absent}")
    return only, list(getattr(held, "elsewhere", list)())
