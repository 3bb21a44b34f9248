"""Who works where, as what, from when to when."""
