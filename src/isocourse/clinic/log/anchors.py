"""Anchors: where every chain ended, written outside the database.

A chain shows a change inside it. That its end was cut off, or a whole course taken away together
with its sealed head, only something outside the database can show: an anchor.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from isocourse.clinic.log import clock
from isocourse.clinic.log.models import Head
from isocourse.clinic.log.sealing import chained, same
from isocourse.clinic.project.telling import Told

FORMAT = "isocourse.anchor/1"


class BadAnchor(Told, ValueError):
    """A file that is no anchor of this installation; says why."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where each chain ended at a moment."""

    made_at: str
    heads: Mapping[str, tuple[int, str]]

    def text(self) -> str:
        """The anchor as it is written, sealed."""
        heads = {code: list(end) for code, end in sorted(self.heads.items())}
        said = {"format": FORMAT, "made_at": self.made_at, "heads": heads}
        return json.dumps({**said, "seal": chained("anchor", said)}, indent=0) + "\n"


def anchor(using: str = "default") -> Anchor:
    """Where each chain ends now."""
    rows = Head.objects.using(using).values_list("course__code", "number", "mac")
    heads = {code: (number, mac) for code, number, mac in rows.iterator()}
    return Anchor(clock.now().isoformat(), heads)


def read_anchor(text: str, where: str) -> Anchor:
    """The anchor that a text holds. Raises BadAnchor for one that another installation sealed."""
    try:
        said: dict[str, Any] = json.loads(text)
        seal = said.pop("seal")
        heads = {code: (int(end[0]), str(end[1])) for code, end in said["heads"].items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        raise BadAnchor(f"{where}: this is no anchor; give one that a backup wrote.") from None
    if not same(seal, chained("anchor", said)):
        raise BadAnchor(f"{where}: changed since it was written, or sealed with another key.")
    return Anchor(said["made_at"], heads)


def folder() -> Path:
    """Where anchors are kept: beside the database, and worth a copy elsewhere."""
    found: Path = settings.DATA_FOLDER / "anchors"
    return found


def keep(made: Anchor) -> Path:
    """Write an anchor beside the others; the file's path."""
    folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder() / f"{made.made_at.replace(':', '').replace('+0000', 'Z')}.anchor.json"
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
        out.write(made.text())
        out.flush()
        os.fsync(out.fileno())
    return path


def newest() -> Path | None:
    """The anchor written last, if there is one."""
    held = sorted(folder().glob("*.anchor.json"))
    return held[-1] if held else None
