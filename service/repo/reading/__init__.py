"""The read engine: a selection over a view becomes one SQL statement that answers finished JSON."""
