"""Participations: a talent in a cohort, and what came of it."""
