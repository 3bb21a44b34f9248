"""Loading an export: staged in temporary tables, checked across rows, merged in one transaction."""
