"""The pages of docs/reference, each made from the code that it describes."""

from .command_line import command_line
from .course_file import course_file
from .coverage import coverage
from .dictionary import dictionary
from .registry_tables import assessment_table, events_table
from .rulebook import rulebook
from .soak import soak
from .sources import sources
from .trust import trust


def every_page() -> dict[str, str]:
    """Each page's text by its path below docs."""
    return {
        f"reference/{name}": text
        for name, text in {
            "data-dictionary.md": dictionary(),
            **rulebook(),
            **sources(),
            "coverage.md": coverage(),
            "command-line.md": command_line(),
            "course-file.md": course_file(),
            "events-table.md": events_table(),
            "assessment-table.md": assessment_table(),
            "how-far-to-trust-the-model.md": trust(),
            "what-the-long-runs-found.md": soak(),
        }.items()
    }
