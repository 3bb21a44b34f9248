"""The repository of persons."""

from typing import Protocol

from service.domain.aggregates import Store
from service.domain.persons.model import Person


class Persons(Store[Person], Protocol):
    """Persons."""
