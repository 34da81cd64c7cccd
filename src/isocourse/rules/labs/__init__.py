"""Laboratory values that close the gate."""
