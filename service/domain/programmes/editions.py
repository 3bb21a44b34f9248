"""The edition of the leadership framework that a programme is planned on."""

from typing import TYPE_CHECKING
from uuid import UUID

from service.domain.errors import Invalid
from service.domain.frameworks.model import Framework, FrameworkState

if TYPE_CHECKING:
    from service.domain.unit_of_work import UnitOfWork


async def current(framework_id: UUID, uow: "UnitOfWork") -> Framework:
    """The edition, unless a later one has taken its place. Raises NotFound, Invalid (`framework_retired`)."""
    framework = (await uow.frameworks.get(framework_id)).it
    if framework.state is FrameworkState.RETIRED:
        raise Invalid("framework_retired", "That edition of the framework is retired.", pointer="/frameworkId")
    return framework
