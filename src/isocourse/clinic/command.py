"""The commands that run a clinic: isocourse clinic serve, demo, backup, ..."""

import os
from pathlib import Path
from typing import Annotated, Any

import typer

from isocourse.clinic.by_timer import look_back, refresh, send
from isocourse.clinic.commanding import UNUSABLE, bring_up, command, load, stop
from isocourse.clinic.saving import backup, restore

_BY_NAME = "localhost"  # a passkey belongs to a name; a browser keeps none for a number

Address = Annotated[str, typer.Option(help="The address to listen on.")]
Port = Annotated[int, typer.Option(help="The port to listen on.")]


@command
def keys() -> None:
    """Print fresh keys for the environment of a new clinic. Keep them apart from its backups."""
    from isocourse.clinic.project import environment

    for name, value in environment.fresh().items():
        typer.echo(f"{name}={value}")


@command
def serve(address: Address = "127.0.0.1", port: Port = 8000) -> None:
    """Serve the clinic, static files included, until stopped."""
    load()
    from django.core.management import call_command

    from isocourse.clinic.hooks.reaching import named
    from isocourse.clinic.people.sessions import agreed
    from isocourse.clinic.project.serving import serve as run

    _stop_unless_migrated()
    agreed()
    named()  # so that what is wrong there is told now and not when an EHR calls
    call_command("collectstatic", interactive=False, verbosity=0)
    typer.echo(f"The clinic is at {address}:{port}", err=True)
    run(address, port)


def _stop_unless_migrated() -> None:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        stop("The tables are not those of this release. Run `isocourse clinic migrate` first.")


@command
def migrate() -> None:
    """Make or change the tables for this release. Take a backup first."""
    load()
    bring_up()
    typer.echo("The tables are those of this release.")


@command
def verify(
    against: Annotated[
        Path | None,
        typer.Option(
            "--against",
            metavar="FILE",
            help="An anchor that a backup wrote. Without it: the newest one beside the database.",
        ),
    ] = None,
) -> None:
    """Compute every chain of the log anew and hold it against an anchor; say what was changed.

    Ends with 1 when something is not as it was written.
    """
    load()
    from isocourse.clinic.log.anchors import newest, read_anchor
    from isocourse.clinic.log.models import Entry
    from isocourse.clinic.log.verifying import verify as findings

    file = against or newest()
    anchor = read_anchor(file.read_text(encoding="utf-8"), str(file)) if file else None
    found = 0
    for each in findings(anchor):
        typer.echo(str(each))
        found += 1
    told = f"anchored {anchor.made_at}" if anchor else "without an anchor: none was written yet"
    typer.echo(f"{Entry.objects.count()} entries, {told}: {found or 'nothing'} found changed.")
    if found:
        raise typer.Exit(1)


@command
def demo(
    address: Address = "127.0.0.1",
    port: Port = 8000,
    make_only: Annotated[
        bool, typer.Option("--make-only", help="Make the demonstration and do not serve it.")
    ] = False,
) -> None:
    """Open a clinic to try, with a team and synthetic patients. It has its own database."""
    os.environ["ISOCOURSE_DEMONSTRATION"] = "1"
    load()
    from isocourse.clinic.demonstration.making import make_for_today
    from isocourse.clinic.demonstration.patients import links

    bring_up()
    typer.echo(make_for_today(), err=True)
    for state, path in links():
        link = f"http://{_BY_NAME}:{port}{path}"
        typer.echo(f"A patient's own page, opened once ({state}): {link}", err=True)
    if not make_only:
        serve(address, port)


@command
def invite(
    email: Annotated[str, typer.Argument(help="The address of the person.")],
    clinic: Annotated[str, typer.Option(help="The clinic's name; a new one is made.")],
    role: Annotated[str, typer.Option(help="What they will be.")] = "administrator",
    place: Annotated[str, typer.Option(help="For a new clinic: whose rules hold.")] = "us",
) -> None:
    """Invite a person into a clinic; prints the link that lets them in once."""
    load()
    from django.urls import reverse

    from isocourse.clinic.people.invitations import Offer
    from isocourse.clinic.people.invitations import invite as offer
    from isocourse.clinic.people.models import Clinic, Role
    from isocourse.words.tokens import PLACES

    if role not in Role.values or place not in PLACES:
        stop(f"Expected a role of {', '.join(Role.values)} and a place of {', '.join(PLACES)}.")
    held, _ = Clinic.objects.get_or_create(name=clinic, defaults={"place": place})
    secret = offer(Offer(held, role, "other", email), None)
    typer.echo(f"The address of the clinic, then: {reverse('accept_invitation', args=[secret])}")


Clinic = Annotated[str, typer.Option(help="The name of the clinic.")]


@command
def export(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where the files go.")],
    clinic: Clinic,
    code: Annotated[str | None, typer.Option(help="Only the course with this code.")] = None,
    with_names: Annotated[
        bool, typer.Option("--with-names", help="Put the patients' names into the files.")
    ] = False,
    ndjson: Annotated[
        bool,
        typer.Option(
            "--ndjson",
            help="Write FHIR R4 instead, all courses, one file for each type, with names.",
        ),
    ] = False,
) -> None:
    """Write the courses of a clinic as course files, one a course; or one of them."""
    load()
    if ndjson:
        _as_fhir(folder, clinic, code)
        return
    from isocourse.clinic.log.exchanging import every, exported
    from isocourse.clinic.log.reading import read

    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    written = 0
    for course in every(_clinic(clinic)):
        if code in (None, course.code):
            text = exported(read(course), with_names)
            (folder / f"{course.code}.course.json").write_text(text, encoding="utf-8")
            written += 1
    typer.echo(f"{written} courses written to {folder}.")


def _as_fhir(folder: Path, clinic: str, code: str | None) -> None:
    """Every resource of a clinic, into a file for its type."""
    from isocourse.clinic.fhir.streaming import write_files
    from isocourse.clinic.log import clock

    if code:
        stop("--code and --ndjson do not go together; leave one of them out.")
    for kind, count in write_files(folder, _clinic(clinic), clock.now()):
        typer.echo(f"{kind}: {count}")


@command
def take_in(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="Course files.")],
    clinic: Clinic,
) -> None:
    """Take course files into a clinic, each as a new course; a faulty file is refused whole."""
    load()
    from isocourse.clinic.log.exchanging import taken_in
    from isocourse.clinic.log.recording import Refused, Writer

    into, refused = _clinic(clinic), 0
    for file in files:
        try:
            course = taken_in(into, Writer(None), file.read_bytes())
        except Refused as problem:
            typer.echo(f"{file}: {problem}", err=True)
            refused += 1
        else:
            typer.echo(f"{file}: {course.code}")
    if refused:
        raise typer.Exit(UNUSABLE)


@command
def erase(
    code: Annotated[str, typer.Argument(help="The code of the course.")],
    reason: Annotated[str, typer.Option(help="Why; kept in the open, so name nobody.")],
    sure: Annotated[bool, typer.Option("--sure", help="Without it nothing is done.")] = False,
) -> None:
    """Forget a person for good: destroys the key of the course. Nobody can undo it."""
    load()
    from isocourse.clinic.log.erasing import erase as forget
    from isocourse.clinic.log.models import Course
    from isocourse.clinic.log.recording import Writer

    course = Course.objects.filter(code=code.upper(), key__isnull=False).first()
    if course is None:
        stop(f"{code}: there is no such course, or it is erased already.")
        return
    if not sure:
        stop("Nothing was done. Take a backup, then say it again with --sure.")
    forget(course, Writer(None), reason)
    typer.echo(f"{course.code} is erased. Older backups hold it still; see the ledger of erasures.")


def _clinic(name: str) -> Any:
    """The clinic of a name; stops with those that there are."""
    from isocourse.clinic.people.models import Clinic as Held

    found = Held.objects.filter(name=name).first()
    if found is None:
        known = ", ".join(Held.objects.values_list("name", flat=True)) or "none yet"
        stop(f"{name}: there is no such clinic; there are: {known}.")
    return found


app = typer.Typer(
    name="clinic",
    help="Run a clinic: the web application for a dermatology team.",
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 96},
)
COMMANDS = (
    *(keys, serve, migrate, verify, backup, restore, demo, invite, export, take_in, erase),
    *(refresh, send, look_back),
)
"""In the order in which they are listed."""
for _each in COMMANDS:
    app.command()(_each)
