"""Symptoms that mean stop."""
