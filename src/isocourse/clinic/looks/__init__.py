"""How the clinic looks."""
