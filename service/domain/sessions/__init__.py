"""Sessions: when and where a cohort meets, who teaches, and who was there."""
