"""Candidacies: a person's wish for a place in a cohort, and the answer."""
