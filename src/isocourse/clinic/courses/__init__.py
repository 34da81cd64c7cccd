"""The page of a course."""
