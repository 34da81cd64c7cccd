"""Days, capsules, windows and the registry's word."""
