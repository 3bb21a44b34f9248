"""Reconsiderations (genvurdering): a declined candidate asks once, and somebody who did not assess answers."""
