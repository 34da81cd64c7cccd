"""The commands of the drug model: virtual trials, and fitting it again."""

from typing import Annotated

import typer

from isocourse.on_screen.options import OnDask
from isocourse.on_screen.program import command


@command("Virtual trials: predicted beside published.")
def trial(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE", help="Trial files (TOML); - is standard input.", show_default=False
        ),
    ],
    seed: Annotated[int, typer.Option(help="Who takes part: a seed always draws the same.")] = 1,
    as_json: Annotated[
        bool, typer.Option("--json", help="One JSON object for each outcome, a line each.")
    ] = False,
    plot: Annotated[
        str | None,
        typer.Option(metavar="FILE.svg", help="Draw the trial: time courses, bands, figures."),
    ] = None,
    people: Annotated[
        int | None,
        typer.Option(metavar="COUNT", help="So many people in each arm, written into DIR."),
    ] = None,
    out: Annotated[
        str | None, typer.Option(metavar="DIR", help="Write a row for each person into DIR/people.")
    ] = None,
    dask: OnDask = None,
) -> None:
    """Run virtual trials, and show what is predicted beside what was published.

    A prediction comes with the 5th and 95th percentile over repeated trials of the same size. The
    format of a file: isocourse schema trial. Ends with 2 when a file cannot be used.

    With --people and --out one trial is run at any size, part by part, here or on a cluster, with a
    Parquet row for each person; a run that was ended goes on when it is given again.
    """
    from isocourse.on_screen import trials

    if people is None and out is None and dask is None:
        trials.trials(files, seed, as_json, plot)
    else:
        trials.crowd(files, seed, people, out, dask)


@command("Fit the drug model to its measurements again.")
def calibrate(
    out: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="Write what was found, in the form of fitted.toml."),
    ] = None,
    people: Annotated[int, typer.Option(help="Virtual people in each arm.")] = 800,
) -> None:
    """Fit the drug model to the measurements that may be used for it, from its start on.

    Takes some minutes; progress is told on standard error. Shows each parameter with its 95 %
    interval, and says which ones the data do not identify.
    """
    from isocourse.on_screen import calibrated

    calibrated.fit_again(out, people)
