"""Recording: the monthly visit, the work-up of a new patient, and every other form."""
