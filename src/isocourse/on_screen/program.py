"""The program that every command belongs to: how it looks, and how a refusal ends it."""

import sys
from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any

import typer

from isocourse import __version__
from isocourse.on_screen import terminal
from isocourse.on_screen.refused import Refused

UNUSABLE = 2
HUNG_UP = 141
"""What a shell says of a command whose reader went away."""

_EXAMPLES = """\b
Examples:
  isocourse demo
  isocourse assess patient.course.json
  isocourse assess patient.course.json --at 2026-12-07T18:00:00-05:00
  isocourse assess *.course.json --at 2026-12-07 --json
  isocourse explain supply.test_window_closed
  isocourse evidence us-ipledge-2026#window
  isocourse trial sebum.trial.toml --plot sebum.svg

\b
Status: 0 answered, 1 a worked case failed, 2 a file or an argument cannot be used.
"""

app = typer.Typer(
    name="isocourse",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    epilog=_EXAMPLES,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 96},
)


def command(summary: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """A command that tells what it cannot work with in a sentence and ends with status 2."""

    def enter(run: Callable[..., None]) -> Callable[..., None]:
        @wraps(run)
        def guarded(*given: Any, **named: Any) -> None:
            try:
                run(*given, **named)
                sys.stdout.flush()
            except Refused as refused:
                typer.echo(str(refused), err=True)
                raise typer.Exit(UNUSABLE) from None
            except BrokenPipeError:
                terminal.write_nowhere()
                raise typer.Exit(HUNG_UP) from None

        return app.command(short_help=summary)(guarded)

    return enter


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"isocourse {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def isocourse(
    context: typer.Context,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Show the release."),
    ] = False,
) -> None:
    """Runs an oral isotretinoin course: a course file in, a cited answer out.

    It supports licensed clinicians and decides nothing alone. It never stands in for a registry's
    authorisation.
    """
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())
