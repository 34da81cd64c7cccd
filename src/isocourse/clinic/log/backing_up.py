"""Backup and restore: everything in one file, written from one moment, for either database.

The file holds rows and no keys; without the keys of the environment its bodies cannot be read.
"""

import hashlib
import json
import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.core.serializers.json import DjangoJSONEncoder
from django.db import DEFAULT_DB_ALIAS, connection, connections, models, transaction
from django.db.migrations.recorder import MigrationRecorder

from isocourse import __version__
from isocourse.clinic.log.anchors import Anchor, anchor, keep, read_anchor
from isocourse.clinic.project.telling import Told

FORMAT = "isocourse.backup/1"
_MODELS = (
    "people.Installation",
    "people.Clinic",
    "people.User",
    "people.Membership",
    "people.Invitation",
    "people.Notice",
    "account.EmailAddress",
    "mfa.Authenticator",
    "log.Course",
    "log.DataKey",
    "log.Entry",
    "log.Head",
    "log.Identity",
    "log.Term",
    "log.Erasure",
    "access.BreakGlass",
    "access.Opening",
    "hooks.CardFeedback",
    "administration.Change",
    "portal.Access",
    "portal.Link",
    "portal.Photo",
    "portal.Looked",
    "portal.Desk",
    "forecasts.Kept",
    "reminders.Door",
    "reminders.Deadline",
    "reminders.Planned",
    "reminders.Message",
    "reminders.Wish",
    "reminders.Restored",
    "fhir.System",
    "launch.PatientLink",
    "launch.PersonLink",
    "api.Token",
)
"""In the order in which they can be put back. Sessions and worklists are made anew."""
_AT_ONCE = 2000


class BadBackup(Told, ValueError):
    """A file that cannot be restored here; says why and what to do."""


def _held() -> list[type[models.Model]]:
    return [apps.get_model(each) for each in _MODELS]


def backup(file: Path) -> tuple[Path, Path]:
    """Write everything as it stands at one moment, with an anchor; the two files."""
    with _snapshot() as alias, _new_zip(file) as out:
        made = anchor(alias)
        digests = {each._meta.label: _write(out, each, alias) for each in _held()}
        out.writestr("anchor.json", made.text())
        about = {
            "format": FORMAT,
            "release": __version__,
            "made_at": made.made_at,
            "migrations": _migrations(),
            "tables": digests,
        }
        out.writestr("manifest.json", json.dumps(about, indent=1))
    return file, keep(made)


class _snapshot:
    """A connection of its own that sees one moment, and keeps nobody from writing."""

    def __enter__(self) -> str:
        fresh = connection.copy(alias="snapshot")
        if connection.vendor == "sqlite":
            fresh.transaction_mode = None  # type: ignore[attr-defined]
        connections["snapshot"] = fresh
        self.atomic = transaction.atomic(using="snapshot")
        self.atomic.__enter__()
        if connection.vendor == "postgresql":
            with fresh.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        return "snapshot"

    def __exit__(self, *error: Any) -> None:
        self.atomic.__exit__(*error)
        connections["snapshot"].close()
        if connection.vendor == "postgresql":
            connections["snapshot"].close_pool()  # type: ignore[attr-defined]
        del connections["snapshot"]


@contextmanager
def _new_zip(file: Path) -> Iterator[zipfile.ZipFile]:
    """A new file that only its owner can read, safely on the disk at the end."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "wb") as handle:
        with zipfile.ZipFile(handle, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as held:
            yield held
        handle.flush()
        os.fsync(handle.fileno())


def _write(out: zipfile.ZipFile, model: type[models.Model], alias: str) -> dict[str, Any]:
    digest, rows = hashlib.sha256(), 0
    names = [each.attname for each in model._meta.concrete_fields]
    with out.open(f"{model._meta.label}.jsonl", "w", force_zip64=True) as member:
        held = model._default_manager.using(alias).order_by("pk").values_list(*names)
        for row in held.iterator(chunk_size=_AT_ONCE):
            line = json.dumps(row, cls=_Exact, ensure_ascii=False).encode() + b"\n"
            member.write(line)
            digest.update(line)
            rows += 1
    return {"fields": names, "rows": rows, "sha256": digest.hexdigest()}


class _Exact(DjangoJSONEncoder):
    """Moments to the microsecond: the chain is computed over them."""

    def default(self, o: Any) -> Any:
        """A moment in full; the rest as Django writes it."""
        return o.isoformat() if hasattr(o, "isoformat") else super().default(o)


def _migrations() -> list[str]:
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in applied)


def restore(file: Path) -> Anchor:
    """Put a backup into an empty database of this release; what it was anchored to."""
    with zipfile.ZipFile(file) as held:
        try:
            about = json.loads(held.read("manifest.json"))
            made = read_anchor(held.read("anchor.json").decode(), f"{file}: anchor.json")
        except (KeyError, ValueError) as error:
            raise BadBackup(f"{file}: this is no backup of this installation: {error}") from None
        _fits(about, file)
        with transaction.atomic():
            for model in _held():
                _put_back(model, _rows(held, model, about["tables"][model._meta.label], file))
            _count_on()
    return made


def _fits(about: dict[str, Any], file: Path) -> None:
    if about.get("format") != FORMAT:
        raise BadBackup(f"{file}: found {about.get('format')!r}, expected {FORMAT!r}.")
    if about["migrations"] != _migrations():
        raise BadBackup(
            f"{file}: written by release {about['release']} with other tables than this release's; "
            "restore it with that release, then run `isocourse clinic migrate` with this one."
        )
    filled = [each._meta.label for each in _held() if each._default_manager.exists()]
    if filled:
        raise BadBackup(
            f"The database is not empty ({', '.join(filled)}); nothing was changed. Restore into a "
            "new database: set DATABASE_URL or ISOCOURSE_DATA and run `isocourse clinic migrate`."
        )


def _rows(
    held: zipfile.ZipFile, model: type[models.Model], told: dict[str, Any], file: Path
) -> Iterator[models.Model]:
    digest = hashlib.sha256()
    with held.open(f"{model._meta.label}.jsonl") as member:
        for line in member:
            digest.update(line)
            values = dict(zip(told["fields"], json.loads(line), strict=True))
            fields = {each.attname: each for each in model._meta.concrete_fields}
            yield model(**{name: fields[name].to_python(said) for name, said in values.items()})
    if digest.hexdigest() != told["sha256"]:
        raise BadBackup(f"{file}: {model._meta.label} was changed; nothing was restored.")


def _put_back(model: type[models.Model], rows: Iterator[models.Model]) -> None:
    model._default_manager.bulk_create(rows, batch_size=_AT_ONCE)


def _count_on() -> None:
    """New rows are numbered after the restored ones."""
    database = connections[DEFAULT_DB_ALIAS]
    with database.cursor() as cursor:
        for each in database.ops.sequence_reset_sql(no_style(), _held()):
            cursor.execute(each)
