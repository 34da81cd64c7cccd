"""The log: the only truth about a course. It grows, and nothing in it is ever changed."""
