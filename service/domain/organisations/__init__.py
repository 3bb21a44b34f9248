"""The tenant: a municipality, a region or a company."""
