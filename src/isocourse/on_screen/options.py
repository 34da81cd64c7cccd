"""Options and arguments that several commands have, each with its words of help."""

from typing import Annotated

import typer

At = Annotated[
    str | None,
    typer.Option(
        metavar="WHEN",
        help="A day (2026-12-07) or an instant with its offset (2026-12-07T18:00:00-05:00). "
        "Without it: today at the place of the course.",
    ),
]
SettingsFile = Annotated[
    str | None,
    typer.Option(metavar="FILE", help="The clinic's settings (TOML); see: schema settings."),
]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line, instead of pages.")]
KnownAt = Annotated[
    str | None, typer.Option(metavar="WHEN", help="Leave out what was recorded after this.")
]
Files = Annotated[
    list[str],
    typer.Argument(
        metavar="FILE",
        help="Course files, or Bundles of FHIR R4; - is standard input.",
        show_default=False,
    ),
]
Place = Annotated[
    str | None,
    typer.Option(
        metavar="PLACE", help="Whose rules hold, for a Bundle of FHIR that names no country."
    ),
]
OnDask = Annotated[
    str | None,
    typer.Option(
        "--dask",
        metavar="ADDRESS",
        help="Do the parts on a Dask cluster: the address of its scheduler, or local.",
    ),
]
