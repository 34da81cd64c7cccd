"""The evidence: every source once, cited by key."""

from isocourse.evidence.form import BadEvidenceFile, Passage, Row, Source
from isocourse.evidence.store import NoSuchEvidence, passage, rows, source, sources

__all__ = [
    "BadEvidenceFile",
    "NoSuchEvidence",
    "Passage",
    "Row",
    "Source",
    "passage",
    "rows",
    "source",
    "sources",
]
