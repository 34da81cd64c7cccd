"""Mind and sexual function."""
