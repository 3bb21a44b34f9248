"""The synthetic municipality that a first start is filled with: invented people in invented places."""

DEMO = "havnsund"
"""The slug of the synthetic municipality's organisation."""
