"""The parts of which forms are made: each asks about one thing and says it in events."""
