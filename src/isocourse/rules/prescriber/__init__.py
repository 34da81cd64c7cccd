"""Who may prescribe, how many must agree, and how the patient is seen."""
