"""Handing capsules over."""
