"""The forecast command: what is likely under each regimen, as a page, as JSON, as a picture."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console, RenderableType
from rich.progress import Progress
from rich.table import Table

from isocourse.course import NoValue
from isocourse.course.forecasting import Forecast, Outlook, forecast
from isocourse.course.forecasting.drawing import picture
from isocourse.course.forecasting.telling import forecast_json, sentence
from isocourse.on_screen import given
from isocourse.on_screen.asking import Question, write_json
from isocourse.on_screen.paper import QUIET, date_words, heading, marked, paper, text, title
from isocourse.on_screen.refused import Refused, plural

FEWEST, MOST = 100, 100_000
_TWO_YEARS = 23


def answer(
    name: str,
    question: Question,
    wished: Sequence[str],
    food: str | None,
    people: int,
    seed: int,
    as_json: bool,
    plot: str | None,
) -> None:
    """Write the forecast of a file. Raises Refused when it or a wish cannot be used."""
    if not FEWEST <= people <= MOST:
        raise Refused(f"--twins: found {people}, expected {FEWEST} to {MOST}.")
    if not 0 <= seed < 2**63:
        raise Refused(f"--seed: found {seed}, expected 0 or more; write such a number.")
    made = _made(name, question, wished, food, people, seed)
    if plot is not None:
        _draw(made, Path(plot))
    if as_json:
        write_json([forecast_json(made)])
        return
    console = paper()
    for part in _parts(made):
        console.print(part)


def _made(
    name: str,
    question: Question,
    wished: Sequence[str],
    food: str | None,
    people: int,
    seed: int,
) -> Forecast:
    course = given.course_in(name)
    at = question.today(course.zone) if question.at is None else question.at
    try:
        with _progress() as told:
            return forecast(
                course, at, known_at=question.known_at, settings=question.settings,
                wished=wished, food=food, people=people, seed=seed, told=told,
            )  # fmt: skip
    except NoValue as none:
        raise Refused(f"{given.shown_name(name)}: {none}") from None
    except ValueError as bad:
        raise Refused(f"--regimen or --food: {bad}") from None


@contextmanager
def _progress() -> Iterator[Callable[[float], None]]:
    screen = Console(stderr=True)
    with Progress(console=screen, disable=not screen.is_terminal, transient=True) as bar:
        work = bar.add_task("Twins", total=1.0)
        yield lambda share: bar.update(work, completed=share)


def _draw(made: Forecast, path: Path) -> None:
    if not made.outlooks:
        raise Refused(f"--plot {path}: there is no regimen to draw.")
    try:
        path.write_text(picture(made, made.outlooks[0]), encoding="utf-8")
    except OSError as error:
        raise Refused(f"--plot {path}: it cannot be written: {error.strerror}.") from None


def _parts(made: Forecast) -> Iterator[RenderableType]:
    twins = made.twins
    yield title(f"Forecast of {made.course_id}")
    yield text(
        f"{len(twins.people):,} virtual twins, re-weighted by "
        f"{plural(len(made.seen.observed), 'observation')}; a model's word, it opens no gate.",
        QUIET,
    )
    for each in made.disagrees:
        yield marked("warning", text(sentence(each)))
    for said in made.seen.supposed:
        yield text(said, QUIET)
    if made.seen.left_out:
        yield text(f"Not held against the model: {', '.join(made.seen.left_out)}.", QUIET)
    yield heading("Regimens side by side, of 100 twins")
    yield _table(made)
    yield text(
        "Clear: half of the twins have been clear or almost clear by this week. Back: systemic "
        "treatment within two years after the last capsule. Lips: dry by the end.",
        QUIET,
    )


def _table(made: Forecast) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style=QUIET)
    table.add_column("from now on", overflow="fold")
    for name in ("last dose", "mg/kg", "clear, week", "back", "lips", "TG limit", "capsules"):
        table.add_column(name, justify="right")
    for each in made.outlooks:
        table.add_row(*_row(made, each))
    return table


def _row(made: Forecast, each: Outlook) -> tuple[str, ...]:
    weekly, regimen = each.weekly, each.regimen
    early, middle, late = each.weeks_to_clear
    per_kg = each.cumulative_mg_per_kg
    over = weekly.over["triglycerides_lower_dose"][-1]
    name = regimen.name + (" (above the label's most)" if regimen.above_label else "")
    return (
        name,
        "none" if each.ends is None else date_words(each.ends),
        "?" if per_kg is None else f"{per_kg:.0f}",
        _span(early, middle, late),
        f"{100 * weekly.relapse_by['relapse_systemic_share'][_TWO_YEARS]:.0f}",
        f"{100 * weekly.dry_by['cheilitis'][-1]:.0f}",
        f"{100 * over:.0f}",
        str(each.capsules),
    )


def _span(early: float | None, middle: float | None, late: float | None) -> str:
    if middle is None:
        return "not by then"
    return f"{middle:.0f} ({early:.0f} to {'?' if late is None else f'{late:.0f}'})"
