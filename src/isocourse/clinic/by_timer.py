"""The commands that a timer runs: each night's work, sending what is due, judging forecasts."""

from typing import Annotated

import typer

from isocourse.clinic.commanding import command, load


@command
def refresh() -> None:
    """Assess again what was assessed on an earlier day, let go what is old; for a nightly timer."""
    load()
    from isocourse.clinic.project.tidying import tidy
    from isocourse.clinic.worklist.keeping import refresh as again

    gone = tidy()
    typer.echo(f"{again()} courses assessed again, {gone.pop('forms')} half-filled forms let go.")
    typer.echo("Let go: " + ", ".join(f"{number} {name}" for name, number in gone.items()) + ".")


@command
def send(
    watch: Annotated[
        bool, typer.Option("--watch", help="Go on until stopped, once a minute.")
    ] = False,
) -> None:
    """Send the reminders and summaries that are due, each once; for a timer."""
    load()
    from isocourse.clinic.reminders.sending import passes

    for tally in passes(watch):
        typer.echo(str(tally))


@command
def look_back(
    at_most: Annotated[int, typer.Option(help="Replay at most so many past visits.")] = 200,
) -> None:
    """Hold the forecasts that were kept against what was observed since; for a nightly timer."""
    load()
    from isocourse.clinic.forecasts.remembering import look_back as judge

    replayed, looks = judge(at_most)
    typer.echo(f"{replayed} past visits replayed, {looks} looks held against a forecast.")
