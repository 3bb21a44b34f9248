"""Placements: a while in another unit, from shadowing to a secondment into a vacant leader post."""
