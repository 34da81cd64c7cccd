"""The generated pages of docs, each made from the code or the data that it describes."""

from .api import api
from .claims import claims_page
from .command_line import command_line
from .course_file import course_file
from .coverage import coverage
from .dictionary import dictionary
from .fhir import fhir_mapping
from .fhir_server import fhir_server
from .registry_tables import assessment_table, events_table
from .rulebook import rulebook
from .soak import soak
from .sources import sources
from .trust import trust


def every_page() -> dict[str, str]:
    """Each page's text by its path below docs."""
    return {"explanation/claims.md": claims_page()} | {
        f"reference/{name}": text
        for name, text in {
            "data-dictionary.md": dictionary(),
            **rulebook(),
            **sources(),
            "coverage.md": coverage(),
            "command-line.md": command_line(),
            "course-file.md": course_file(),
            "events-table.md": events_table(),
            "fhir-mapping.md": fhir_mapping(),
            "fhir-server.md": fhir_server(),
            "assessment-table.md": assessment_table(),
            "how-far-to-trust-the-model.md": trust(),
            "clinic-api.md": api(),
            "what-the-long-runs-found.md": soak(),
        }.items()
    }
