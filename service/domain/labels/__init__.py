"""Labels: what people call the values of enumerations, in each language."""
