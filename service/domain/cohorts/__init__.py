"""Cohorts: the people who go through a programme together, and the seats for them."""
