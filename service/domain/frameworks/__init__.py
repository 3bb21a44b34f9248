"""The leadership framework: what good leadership is, edition by edition."""
