"""The repository of reconsiderations."""

from typing import Protocol

from service.domain.aggregates import Store
from service.domain.reconsiderations.model import Reconsideration


class Reconsiderations(Store[Reconsideration], Protocol):
    """Reconsiderations. `get` locks the cohort first, as everything does that decides over its places."""
