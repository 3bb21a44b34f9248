"""What reports count."""
