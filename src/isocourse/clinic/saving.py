"""The commands that write a backup and put one back."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from isocourse.clinic.commanding import bring_up, command, load, stop

Backup = Annotated[Path, typer.Argument(metavar="FILE", help="The backup.")]


@command
def backup(file: Backup) -> None:
    """Write everything as it stands now into one file, and an anchor beside the database."""
    load()
    from isocourse.clinic.log.backing_up import backup as write

    if file.exists():
        stop(f"{file}: there is a file already; give another name.")
    written, anchor = write(file)
    typer.echo(f"Written: {written}, and the anchor {anchor}. Keep a copy of both elsewhere.")


@command
def restore(file: Backup) -> None:
    """Put a backup into an empty database, carry out erasures again, and verify it."""
    load()
    from isocourse.clinic.log.backing_up import restore as put_back
    from isocourse.clinic.log.erasing import carry_out_again
    from isocourse.clinic.log.recording import Writer
    from isocourse.clinic.log.verifying import verify as findings
    from isocourse.clinic.reminders.restoring import after_a_restore, end_again
    from isocourse.clinic.worklist.keeping import rebuild

    if not file.exists():
        stop(f"{file}: there is no such file.")
    bring_up()
    anchor = put_back(file)
    since = datetime.fromisoformat(anchor.made_at)
    after_a_restore(since)
    wrong = list(findings(anchor))
    for each in wrong:
        typer.echo(str(each))
    again, ended = carry_out_again(Writer(None)), end_again(since, Writer(None))
    done = f"{len(again)} erased again; mail to {ended} ended again"
    typer.echo(f"Restored {rebuild()} courses as of {anchor.made_at}; {done}.")
    if wrong:
        raise typer.Exit(1)
