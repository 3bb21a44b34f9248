"""The synthetic municipality that a first start is filled with: invented people in invented places."""
