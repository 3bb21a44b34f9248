"""The repository of leadership positions."""

from typing import Protocol

from service.domain.aggregates import Store
from service.domain.positions.model import Position


class Positions(Store[Position], Protocol):
    """Leadership positions."""
