"""Where in the course the patient is, and what is normal there."""
