"""A registry's report: who is blocked, by which rule and where; gaps; what other rules would do."""
