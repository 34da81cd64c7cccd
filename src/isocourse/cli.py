"""The isocourse command: reads what was asked, and leaves the rest to the front door.

It is the only part that reads the clock. What is heavy is imported when first wanted, so that
help is there at once.
"""

import codecs
import io
import os
import sys
from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any

import typer

from isocourse import __version__
from isocourse.clinic import command as clinic
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


app.add_typer(clinic.app, short_help="Run a clinic: the web application.")


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
                _write_nowhere()
                raise typer.Exit(HUNG_UP) from None

        return app.command(short_help=summary)(guarded)

    return enter


def _write_nowhere() -> None:
    """Nobody reads any more: what is still held back goes nowhere when the command ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


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


def today(zone: Any) -> Any:
    """The day it is now by the clock of a zone."""
    from datetime import datetime

    return datetime.now(zone).date()


Files = Annotated[
    list[str],
    typer.Argument(metavar="FILE", help="Course files; - is standard input.", show_default=False),
]


@command("What may be done now: start, prescribe, hand over.")
def assess(
    files: Files,
    at: Annotated[
        str | None,
        typer.Option(
            metavar="WHEN",
            help="A day (2026-12-07) or an instant with its offset (2026-12-07T18:00:00-05:00). "
            "Without it: today at the place of the course.",
        ),
    ] = None,
    known_at: Annotated[
        str | None,
        typer.Option(metavar="WHEN", help="Leave out what was recorded after this."),
    ] = None,
    settings: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="The clinic's settings (TOML); see: schema settings."),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="One JSON object a line, instead of pages.")
    ] = False,
    tips: Annotated[
        bool, typer.Option("--tips", help="Every tip for the patient that applies now.")
    ] = False,
) -> None:
    """May treatment start, be prescribed, be handed over? With every reason and its source.

    Several files are answered in their order. Events after the moment asked are left out.

    Ends with 0 whatever the verdict, and with 2 when a file or an option cannot be used: then the
    reason is on standard error and nothing at all on standard output.
    """
    from isocourse.on_screen import asking, given

    when, known = given.moment("--at", at), given.moment("--known-at", known_at)
    question = asking.Question(when, known, given.settings_in(settings), today)
    asking.answer(files, question, as_json, tips)


@command("The hand-overs of the coming two months.")
def plan(
    files: Files,
    at: Annotated[
        str | None,
        typer.Option(
            metavar="WHEN",
            help="The day or instant from which to plan. Without it: today at the place of the "
            "course.",
        ),
    ] = None,
    settings: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="The clinic's settings (TOML); see: schema settings."),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="One JSON object a line, instead of pages.")
    ] = False,
) -> None:
    """When can capsules lawfully be handed over, and when are test and visit best?

    The rules themselves are asked, day by day, what would hold if everything were done. A plan
    opens no gate: on the day itself, assess.
    """
    from isocourse.on_screen import asking, given, planned

    question = asking.Question(given.moment("--at", at), None, given.settings_in(settings), today)
    planned.answer(files, question, as_json)


@command("A whole registry: a Parquet table in, a row for each course out.")
def assess_many(
    table: Annotated[str, typer.Argument(metavar="EVENTS.parquet", help="The events table.")],
    at: Annotated[str, typer.Option(metavar="WHEN", help="The day or the instant asked about.")],
    out: Annotated[str, typer.Option(metavar="DIR", help="The folder to write into.")],
    known_at: Annotated[
        str | None,
        typer.Option(metavar="WHEN", help="Leave out what was recorded after this."),
    ] = None,
    settings: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="The clinic's settings (TOML); see: schema settings."),
    ] = None,
    facts: Annotated[bool, typer.Option("--facts", help="Write every fact as well.")] = False,
) -> None:
    """Verdicts, stage and one bit for each rule, for every course of a registry.

    Writes assessment.parquet and summary.json into DIR. The columns of both tables: schema
    events-table, schema assessment-table.

    Ends with 2 when the table or an option cannot be used: then nothing is left in DIR.
    """
    from isocourse.on_screen import given, many

    when, known = given.moment("--at", at), given.moment("--known-at", known_at)
    assert when is not None  # noqa: S101
    many.assess_many(table, when, out, known, settings, facts)


@command("Everything wrong or doubtful in a course file.")
def check(files: Files) -> None:
    """Everything that is wrong or doubtful in a course file, at once.

    Ends with 0 when the files can be used (warnings are told apart), with 2 when one cannot.
    Here, unlike in assess, a date after today is an error.
    """
    from isocourse.on_screen import checked

    checked.check(files, today)


@command("A rule in full, or all rules by topic.")
def explain(
    rule: Annotated[
        str | None,
        typer.Argument(metavar="RULE", help="A rule, such as supply.test_window_closed."),
    ] = None,
) -> None:
    """What a rule says, whom it binds, since when, on whose word. Without RULE: all of them."""
    from isocourse.on_screen import ruled

    if rule is None:
        ruled.list_rules()
    else:
        ruled.explain(rule)


@command("A source with its passages and who uses it.")
def evidence(
    key: Annotated[
        str | None,
        typer.Argument(metavar="KEY", help="A source, or a passage written source#passage."),
    ] = None,
) -> None:
    """A source with its passages, and what rests on it. Without KEY: all of them."""
    from isocourse.on_screen import cited

    if key is None:
        cited.list_sources()
    else:
        cited.show_evidence(key)


@command("The JSON Schema of a format.")
def schema(
    name: Annotated[
        str,
        typer.Argument(
            metavar="FORMAT",
            help="course, assessment, plan, settings, events-table or assessment-table.",
        ),
    ],
) -> None:
    """The JSON Schema of a format that isocourse reads or writes."""
    from isocourse.on_screen import formats

    formats.write_schema(name)


@command("Run the worked cases on this machine.")
def cases(
    topic: Annotated[
        str | None, typer.Argument(metavar="TOPIC", help="Only the cases of this topic.")
    ] = None,
) -> None:
    """Run the worked cases that are shipped with the rules, on this machine.

    Ends with 1 when an answer is not the one expected.
    """
    from isocourse.on_screen import worked

    if not worked.run_cases(topic):
        raise typer.Exit(1)


@command("Assess the shipped example courses.")
def demo() -> None:
    """Assess the shipped example courses, one after the other, each with its story."""
    from isocourse.on_screen import shipped

    shipped.demo()


def _plainer(error: UnicodeError) -> tuple[str, int]:
    """Signs that a terminal cannot show, as the nearest ones that every terminal can."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    signs = error.object[error.start : error.end]
    return "".join(_PLAINER.get(each, "?") for each in signs), error.end


_PLAINER = {"✓": "+", "✗": "x", "–": "-", "·": "-", "≈": "~", "▪": "#", "◆": "@", "▫": "."}
_PLAINER |= {"▸": ">", "‹": "<", "›": ">", "“": '"', "”": '"', "’": "'", "µ": "u", "─": "-"}


def main() -> None:
    """Run the command that was typed."""
    if sys.stdout is None:  # closed by whoever called
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    codecs.register_error("plainer", _plainer)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="plainer")
    try:
        app()
    except OSError as error:
        if error.filename is not None:  # a file of the installation, not the answer
            raise
        typer.echo(f"The answer could not be written: {error.strerror}.", err=True)
        _write_nowhere()
        sys.exit(1)
