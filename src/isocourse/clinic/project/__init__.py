"""How the clinic is set up: its settings, its secrets, its addresses and its server."""
