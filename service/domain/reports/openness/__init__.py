"""The openness report: who applied, and how far they came."""
