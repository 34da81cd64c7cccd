"""What a restore must not undo, written down outside the database as it happens.

A file of lines that are only ever added, in the folder of data. Codes stand there, and no names.
"""

import json
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings


class Ledger:
    """What happened to which course, and when."""

    def __init__(self, name: str) -> None:
        self._name = name

    @property
    def path(self) -> Path:
        """The file, which is there once something was written."""
        folder: Path = settings.DATA_FOLDER
        return folder / f"{self._name}.jsonl"

    def write(self, code: str, at: datetime) -> None:
        """Add a course; it is on the disk when this returns."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        opened = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(opened, "w") as out:
            out.write(json.dumps({"course": code, "at": at.isoformat()}) + "\n")
            out.flush()
            os.fsync(out.fileno())

    def lines(self) -> Iterator[tuple[str, datetime]]:
        """Every course with its moment, in the order in which they were written."""
        if self.path.exists():
            for line in self.path.read_text(encoding="utf-8").splitlines():
                said = json.loads(line)
                yield said["course"], datetime.fromisoformat(said["at"])
