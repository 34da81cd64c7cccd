"""Medicines beside isotretinoin."""
