"""The patient's page: where a patient stands, what comes next, and what they tell their team."""
