"""Leadership positions, held or vacant."""
