"""Tips: a staff representative knows of a talent, and tells HR alone (W5)."""
