"""Bringing an organisation's units, people and leaders in from another system's export."""
