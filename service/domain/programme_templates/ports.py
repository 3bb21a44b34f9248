"""The repository of programme templates."""

from typing import Protocol

from service.domain.aggregates import Store
from service.domain.programme_templates.model import ProgrammeTemplate


class ProgrammeTemplates(Store[ProgrammeTemplate], Protocol):
    """Programme templates. Those that ship are found as well, in the organisation's language; nobody changes them."""
