"""The tables of the FHIR server."""
