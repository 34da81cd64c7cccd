"""Isocourse: runs an oral isotretinoin course, from a course file to a cited answer."""

__version__ = "0.1.0"
