"""Declared relations: two persons who are too close for one to assess the other."""
