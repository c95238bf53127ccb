"""Measurements behind the figures in the README: each module prints a small table of its own."""
