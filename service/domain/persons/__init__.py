"""Employees, and external people who mentor or study."""
