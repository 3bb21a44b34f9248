"""Reports: figures about groups, never about a person."""
