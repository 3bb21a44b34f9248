"""The repository of elements."""

from typing import Protocol

from service.domain.aggregates import Store
from service.domain.elements.model import Element


class Elements(Store[Element], Protocol):
    """Elements of individual tracks."""
