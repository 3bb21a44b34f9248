"""The shapes of the data that is measured over: how many organisations, how large."""

from dataclasses import dataclass

WHOLE = 20_000
"""Employees of the synthetic municipality at scale 1."""

SMALLEST = 0.05
"""The least scale at which it can be drawn up."""


@dataclass(frozen=True, kw_only=True)
class Shape:
    """Organisations of one size in a database of their own. `scale` is that of `service.demo.municipality`."""

    name: str
    scale: float
    tenants: int = 1

    @property
    def employees(self) -> int:
        """Employees of each organisation."""
        return round(WHOLE * self.scale)


def municipality(scale: float) -> Shape:
    """One organisation of 20,000 employees, as in the demo."""
    return Shape(name="municipality", scale=max(SMALLEST, scale))


def region(scale: float) -> Shape:
    """One organisation of 300,000 employees."""
    return Shape(name="region", scale=max(SMALLEST, 15 * scale))


def shared(tenants: int) -> Shape:
    """Many organisations of 1,000 employees each in one database; smaller ones cannot be drawn up."""
    return Shape(name="shared", scale=SMALLEST, tenants=tenants)
