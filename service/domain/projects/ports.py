"""The repositories of projects and of what is handed in."""

from datetime import date
from typing import Protocol
from uuid import UUID

from service.domain.aggregates import Store
from service.domain.projects.model import HandIn, Project


class Projects(Store[Project], Protocol):
    """Projects. `get` locks the cohort first, as everything about a cohort's plan does."""

    async def last_due(self, cohort: UUID, module: int) -> date | None:
        """The latest day on which a project that feeds the module is due; the cohort is locked by the caller."""
        ...


class HandIns(Store[HandIn], Protocol):
    """What is handed in: one for each participant and project."""
