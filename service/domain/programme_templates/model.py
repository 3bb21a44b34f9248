"""A programme template: what a programme of its shape is for, what it consists of, who does what."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from typing_extensions import Doc

from service.domain.candidacies.model import WayIn
from service.domain.errors import Invalid
from service.domain.organisations.model import Language
from service.domain.programmes.call import Channel, Credit, Part
from service.domain.programmes.model import Programme, ProgrammeLevel, ProgrammeMix
from service.domain.programmes.plan import PlannedModule
from service.domain.states import Action, StateMachine


class TemplateState(StrEnum):
    """It ships with the service, is the organisation's own, or is one of those that it uses no more."""

    SHIPPED = "shipped"
    OWN = "own"
    RETIRED = "retired"


TEMPLATE = StateMachine[TemplateState](
    concept="programme template",
    initial=(TemplateState.OWN,),
    actions=(
        Action(name="plan", by=("hr",), sources=(TemplateState.SHIPPED, TemplateState.OWN)),
        Action(name="change", by=("hr",), sources=(TemplateState.OWN,)),
        Action(name="retire", by=("hr",), sources=(TemplateState.OWN,), target=TemplateState.RETIRED),
    ),
)


@dataclass(frozen=True, kw_only=True)
class TemplateText:
    """What a template is called and for, in one language."""

    language: Annotated[Language, Doc("The language.")]
    name: Annotated[str, Doc("Its name.")]
    purpose: Annotated[str, Doc("What a programme of this shape is to achieve.")]


@dataclass(frozen=True, kw_only=True)
class ProgrammeTemplate:
    """A shape that a programme can be started from. Its modules count days from a first day that is not set yet.

    `deviation` says where the shape departs from the example that it follows.
    """

    id: UUID
    state: TemplateState = TemplateState.OWN
    language: Language
    name: str
    purpose: str
    source: str
    level: ProgrammeLevel
    also_levels: tuple[ProgrammeLevel, ...] = ()
    mix: ProgrammeMix
    modules: tuple[PlannedModule, ...]
    ways: tuple[WayIn, ...] = ()
    roles: tuple[Part, ...] = ()
    asks_of_managers: str | None = None
    reach: str | None = None
    reach_by: tuple[Channel, ...] = ()
    credit_to_managers: str | None = None
    credits: tuple[Credit, ...] = ()
    deviation: str | None = None
    version: int = 0

    def __post_init__(self) -> None:
        """Hold the invariants. Raises Invalid (`template_without_modules`)."""
        if not self.modules:
            raise Invalid("template_without_modules", "A template has at least one module.", pointer="/programmeId")

    @property
    def planned_days(self) -> int:
        """Calendar days from the first module's first day to the last one's end, holidays aside."""
        return max(one.ends_after for one in self.modules) - min(one.starts_after_days for one in self.modules)

    @property
    def days_together(self) -> int:
        """Working days that the participants spend together."""
        return sum(one.days for one in self.modules)

    def retired(self) -> "ProgrammeTemplate":
        """Used no more; programmes that were started from it stay as they are."""
        return replace(self, state=TemplateState.RETIRED)


def template_of(
    programme: Programme, identity: UUID, name: str, purpose: str, source: str, language: Language
) -> ProgrammeTemplate:
    """The shape of a programme, without what belongs to that one alone: its days, its people, its call.

    Raises Invalid (`template_without_modules`).
    """
    modules = tuple(replace(one, starts_on=None, ends_on=None, facilitator_ids=()) for one in programme.modules)
    return ProgrammeTemplate(
        id=identity,
        language=language,
        name=name,
        purpose=purpose,
        source=source,
        level=programme.level,
        also_levels=programme.also_levels,
        mix=programme.mix,
        modules=modules,
        ways=tuple(one.way for one in programme.ways),
        roles=programme.roles,
        asks_of_managers=programme.asks_of_managers,
        reach=programme.reach,
        reach_by=programme.reach_by,
        credit_to_managers=programme.credit_to_managers,
        credits=programme.credits,
    )
