"""Assessments: what one assessor finds of one candidate, blind until submitted."""
