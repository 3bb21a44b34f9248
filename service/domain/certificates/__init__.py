"""Certificates: what a participant gets for completing a programme, and anybody can verify."""
