"""Stopped courses and second courses."""
