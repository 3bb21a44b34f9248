"""Programmes: a course for coming leaders, from idea to evaluation."""
