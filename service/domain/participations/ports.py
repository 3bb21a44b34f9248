"""The repository of participations."""

from typing import Protocol

from service.domain.aggregates import Store
from service.domain.participations.model import Participation


class Participations(Store[Participation], Protocol):
    """Participations."""
