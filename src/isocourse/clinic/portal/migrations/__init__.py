"""Changes of the tables of the patient's page."""
