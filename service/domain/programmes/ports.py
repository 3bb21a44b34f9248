"""The repository of programmes."""

from typing import Protocol

from service.domain.aggregates import Store
from service.domain.programmes.model import Programme


class Programmes(Store[Programme], Protocol):
    """Programmes."""
