"""Evaluations: what those who were part of a programme say of it in the end, told in aggregate only."""
