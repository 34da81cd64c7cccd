"""The courses of a clinic over FHIR R4, to read: who may, what they find, and whole exports."""
