"""The commands for a registry: many courses in tables."""

from typing import Annotated

import typer

from isocourse.on_screen.options import KnownAt, OnDask, SettingsFile
from isocourse.on_screen.program import command

RulesOf = Annotated[
    str | None,
    typer.Option(
        metavar="DATE",
        help="Ask the rules of another day instead: a what-if for a registry, never for a patient.",
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


@command("Forecasts of a whole registry, a row for each regimen of each course.")
def forecast_many(
    table: Annotated[
        str,
        typer.Argument(metavar="EVENTS", help="The events table, or a folder of such files."),
    ],
    at: Annotated[str, typer.Option(metavar="WHEN", help="The day or the instant asked about.")],
    out: Annotated[str, typer.Option(metavar="DIR", help="The folder to write into.")],
    known_at: KnownAt = None,
    settings: SettingsFile = None,
    regimen: Annotated[
        list[str] | None,
        typer.Option(metavar="MG", help="A regimen beside those of the label, such as 20."),
    ] = None,
    twins: Annotated[int, typer.Option(metavar="COUNT", help="Twins of each patient.")] = 1_000,
    seed: Annotated[int, typer.Option(help="Who the twins are: a seed always draws the same.")] = 1,
    dask: OnDask = None,
) -> None:
    """What is likely for every course of a registry, under each regimen.

    Each file is done by itself and written under its name into DIR/forecast; a run that was ended
    goes on with what is left. A forecast takes some tenths of a second. It is a model's word and
    opens no gate. Ends with 2 when a table or an option cannot be used.
    """
    from isocourse.on_screen import given, many

    when, known = given.moment("--at", at), given.moment("--known-at", known_at)
    assert when is not None  # noqa: S101
    wanted = many.Wanted(when, known, settings, facts=False, rules_of=None, dask=dask)
    many.forecast_many(table, out, wanted, regimen or [], twins, seed)


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
