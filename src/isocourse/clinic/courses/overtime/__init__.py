"""A course over time: blood, dose, skin, scores and symptoms, drawn and in tables."""
