"""Words shared by every room: units, days, places, answers, rule expressions."""
