"""Prescribing: proposals in capsules, checks, the written prescription and its printed notes."""
