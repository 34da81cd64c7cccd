"""The commands for a registry: many courses in tables."""

from typing import Annotated

import typer

from isocourse.on_screen.options import KnownAt, SettingsFile
from isocourse.on_screen.program import command

RulesOf = Annotated[
    str | None,
    typer.Option(
        metavar="DATE",
        help="Ask the rules of another day instead: a what-if for a registry, never for a patient.",
    ),
]
OnDask = Annotated[
    str | None,
    typer.Option(
        "--dask",
        metavar="ADDRESS",
        help="Do the files of a folder on a Dask cluster: the address of its scheduler, or local.",
    ),
]


@command("A whole registry: Parquet tables in, a row for each course out.")
def assess_many(
    table: Annotated[
        str,
        typer.Argument(metavar="EVENTS", help="The events table, or a folder of such files."),
    ],
    at: Annotated[str, typer.Option(metavar="WHEN", help="The day or the instant asked about.")],
    out: Annotated[str, typer.Option(metavar="DIR", help="The folder to write into.")],
    known_at: KnownAt = None,
    settings: SettingsFile = None,
    facts: Annotated[bool, typer.Option("--facts", help="Write every fact as well.")] = False,
    rules_of: RulesOf = None,
    dask: OnDask = None,
) -> None:
    """Verdicts, stage and one bit for each rule, for every course of a registry.

    Of one file: writes assessment.parquet and summary.json into DIR. Of a folder: each file is
    done by itself and written under its name into DIR/assessment; a run that was ended goes on
    with what is left when the same command is given again, and summary.json comes last. The
    columns of both tables: schema events-table, schema assessment-table.

    Ends with 2 when a table or an option cannot be used: then nothing is left in DIR of that table.
    """
    from isocourse.on_screen import given, many

    when, known = given.moment("--at", at), given.moment("--known-at", known_at)
    assert when is not None  # noqa: S101
    rules = given.day("--rules-of", rules_of)
    many.assess_many(table, out, many.Wanted(when, known, settings, facts, rules, dask))


@command("A report on a registry that was assessed, with plots.")
def report(
    folder: Annotated[
        str, typer.Argument(metavar="DIR", help="The folder that assess-many has written.")
    ],
    out: Annotated[str, typer.Option(metavar="FILE.html", help="The page to write.")],
    events: Annotated[
        str | None,
        typer.Option(metavar="EVENTS", help="The events tables, to count gaps in treatment."),
    ] = None,
    against: Annotated[
        str | None,
        typer.Option(
            metavar="DIR", help="The same courses assessed otherwise: what that would change."
        ),
    ] = None,
) -> None:
    """Who is blocked, by which rule and where; stages; gaps; what other rules would do.

    The page is one file and loads nothing. For what a change of rules does, assess twice, once
    with --rules-of, and give the one as --against of the other. Ends with 2 when a folder holds
    no finished registry.
    """
    from isocourse.on_screen import reported

    reported.report(folder, out, events, against)
