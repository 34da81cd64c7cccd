"""The isocourse command: reads what was asked, and leaves the rest to the front door.

It is the only part that reads the clock. What is heavy is imported when first wanted, so that
help is there at once.
"""

import sys
from typing import Annotated, Any

import typer

from isocourse.clinic import command as clinic
from isocourse.on_screen import modelling, registries, terminal
from isocourse.on_screen.options import AsJson, At, Files, KnownAt, Place, SettingsFile
from isocourse.on_screen.program import app, command

app.add_typer(clinic.app, short_help="Run a clinic: the web application.")
__all__ = ["app", "main", "modelling", "registries"]


def today(zone: Any) -> Any:
    """The day it is now by the clock of a zone."""
    from datetime import datetime

    return datetime.now(zone).date()


@command("What may be done now: start, prescribe, hand over.")
def assess(
    files: Files,
    at: At = None,
    known_at: KnownAt = None,
    settings: SettingsFile = None,
    as_json: AsJson = False,
    tips: Annotated[
        bool, typer.Option("--tips", help="Every tip for the patient that applies now.")
    ] = False,
    place: Place = None,
) -> None:
    """May treatment start, be prescribed, be handed over? With every reason and its source.

    Several files are answered in their order. Events after the moment asked are left out.

    Ends with 0 whatever the verdict, and with 2 when a file or an option cannot be used: then the
    reason is on standard error and nothing at all on standard output.
    """
    from isocourse.on_screen import asking, given

    when, known = given.moment("--at", at), given.moment("--known-at", known_at)
    where = given.place_named(place)
    question = asking.Question(when, known, given.settings_in(settings), today, where)
    asking.answer(files, question, as_json, tips)


@command("The hand-overs of the coming two months.")
def plan(
    files: Files,
    at: At = None,
    settings: SettingsFile = None,
    as_json: AsJson = False,
) -> None:
    """When can capsules lawfully be handed over, and when are test and visit best?

    The rules themselves are asked, day by day, what would hold if everything were done. A plan
    opens no gate: on the day itself, assess.
    """
    from isocourse.on_screen import asking, given, planned

    question = asking.Question(given.moment("--at", at), None, given.settings_in(settings), today)
    planned.answer(files, question, as_json)


@command("What is likely for one patient, regimen by regimen.")
def forecast(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="A course file; - is standard input.")
    ],
    at: At = None,
    known_at: KnownAt = None,
    settings: SettingsFile = None,
    as_json: AsJson = False,
    regimen: Annotated[
        list[str] | None,
        typer.Option(
            "--regimen",
            metavar="DOSE",
            help="Compare this as well: mg a day such as 30, or 20/1of2 for every other day.",
        ),
    ] = None,
    food: Annotated[
        str | None, typer.Option(help="The meal: high_fat, ordinary or fasted.")
    ] = None,
    twins: Annotated[int, typer.Option(metavar="COUNT", help="Virtual twins.")] = 10_000,
    seed: Annotated[int, typer.Option(help="Who the twins are: a seed always draws the same.")] = 1,
    plot: Annotated[
        str | None, typer.Option(metavar="FILE.svg", help="Draw the first regimen, with bands.")
    ] = None,
) -> None:
    """What is likely for this patient: lesions, clearance, bloods, dryness, relapse, the end.

    Virtual twins are re-weighted by what was observed. It is a model's word and opens no gate;
    how far to trust it: docs/reference/how-far-to-trust-the-model.md. Ends with 2 when the file or
    an option cannot be used.
    """
    from isocourse.on_screen import asking, forecasts, given

    when, known = given.moment("--at", at), given.moment("--known-at", known_at)
    question = asking.Question(when, known, given.settings_in(settings), today)
    forecasts.answer(file, question, regimen or [], food, twins, seed, as_json, plot)


@command("Everything wrong or doubtful in a course file.")
def check(files: Files, place: Place = None) -> None:
    """Everything that is wrong or doubtful in a course file, at once.

    Of a Bundle of FHIR: everything that no event is made of, with the reason.

    Ends with 0 when the files can be used (warnings are told apart), with 2 when one cannot.
    Here, unlike in assess, a date after today is an error.
    """
    from isocourse.on_screen import checked, given

    checked.check(files, today, given.place_named(place))


@command("A course as FHIR R4, and FHIR R4 as a course.")
def fhir(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="A course file, or a Bundle; - is standard input.")
    ],
    at: At = None,
    settings: SettingsFile = None,
    bare: Annotated[
        bool, typer.Option("--bare", help="Only the events, without what the assessment says.")
    ] = False,
    place: Place = None,
) -> None:
    """Write a course file as a Bundle of FHIR R4 (4.0.1), or a Bundle as a course file.

    The Bundle holds a resource for each event, the verdicts as GuidanceResponse, reasons and
    alerts as DetectedIssue, and what is due as Task. What of a Bundle no event is made of is told
    on standard error.
    """
    from isocourse.on_screen import as_fhir, asking, given

    when, where = given.moment("--at", at), given.place_named(place)
    question = asking.Question(when, None, given.settings_in(settings), today, where)
    as_fhir.write(file, question, bare)


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
            help="course, assessment, plan, forecast, settings, events-table, "
            "assessment-table, trial or trial-result.",
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


@command("How fast isocourse is on this machine.")
def bench(
    courses: Annotated[
        int, typer.Option(metavar="COUNT", help="The size of the invented registry.")
    ] = 10_000,
    as_json: Annotated[
        bool, typer.Option("--json", help="One JSON object, instead of a page.")
    ] = False,
) -> None:
    """How fast isocourse is here: one course in a running process, and a registry.

    Nothing leaves this machine and no file is left behind.
    """
    from isocourse.on_screen import bench as measured

    measured.bench(courses, as_json)


def main() -> None:
    """Run the command that was typed."""
    terminal.make_ready()
    try:
        app()
    except OSError as error:
        if error.filename is not None:  # a file of the installation, not the answer
            raise
        typer.echo(f"The answer could not be written: {error.strerror}.", err=True)
        terminal.write_nowhere()
        sys.exit(1)
