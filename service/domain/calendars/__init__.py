"""Calendars: private addresses at which one's own sessions, or a cohort's, can be subscribed to."""
