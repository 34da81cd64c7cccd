"""FHIR R4 (4.0.1): a Bundle in, a course out, and the other way round."""

from isocourse.exchange.fhir.reading import BadBundle, Read, is_fhir, read_bundle

__all__ = ["BadBundle", "Read", "is_fhir", "read_bundle"]
