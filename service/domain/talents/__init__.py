"""Talents: employees seen as possible leaders, who know of it."""
