"""Letters: what is printed for the patient, the family doctor and the pharmacy."""
