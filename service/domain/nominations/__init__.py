"""Nominations: a manager thinks that one of their people should be in a cohort, and the person answers."""
