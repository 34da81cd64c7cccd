"""Who works here: clinics, people, their roles, and how they come in."""
