"""The repository of organisations."""

from typing import Protocol

from service.domain.aggregates import Store
from service.domain.organisations.model import Organisation


class Organisations(Store[Organisation], Protocol):
    """Organisations; an actor only ever reaches their own."""
