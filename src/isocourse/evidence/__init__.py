"""The evidence: every source once, cited by key."""

from isocourse.evidence.form import BadEvidenceFile, Passage, Row, Source
from isocourse.evidence.measurements import Measurement, measurement, measurements
from isocourse.evidence.store import NoSuchEvidence, passage, rows, source, sources

__all__ = [
    "BadEvidenceFile",
    "Measurement",
    "NoSuchEvidence",
    "Passage",
    "Row",
    "Source",
    "measurement",
    "measurements",
    "passage",
    "rows",
    "source",
    "sources",
]
