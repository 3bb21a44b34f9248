"""The templates that ship with the service, each in every language: the guide's seven organisations [G].

What they are is in `shapes/*.toml`, one file per template.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any
from uuid import UUID

from service.domain.candidacies.model import WayIn
from service.domain.learning import LearningForm
from service.domain.organisations.model import Language
from service.domain.programme_templates.model import ProgrammeTemplate, TemplateState, TemplateText
from service.domain.programmes.call import Part, Responsible
from service.domain.programmes.model import ProgrammeLevel, ProgrammeMix
from service.domain.programmes.plan import PlannedModule


@cache
def shipped(language: Language) -> Mapping[UUID, ProgrammeTemplate]:
    """Every shipped template by its id, in that language."""
    made = [_template(document, language) for document in _documents()]
    return {one.id: one for one in sorted(made, key=lambda one: one.id)}


def texts_of(identity: UUID) -> tuple[TemplateText, ...]:
    """What a shipped template is called and for, in every language."""
    told = ((language, shipped(language)[identity]) for language in Language)
    return tuple(TemplateText(language=language, name=one.name, purpose=one.purpose) for language, one in told)


@cache
def _documents() -> tuple[dict[str, Any], ...]:
    folder = files("service.domain.programme_templates") / "shapes"
    names = sorted(one.name for one in folder.iterdir() if one.name.endswith(".toml"))
    return tuple(tomllib.loads((folder / name).read_text("utf-8")) for name in names)


def _template(document: dict[str, Any], language: Language) -> ProgrammeTemplate:
    def said(name: str, within: dict[str, Any] = document) -> str | None:
        return within[name][language] if name in within else None

    def module(one: dict[str, Any]) -> PlannedModule:
        return PlannedModule(
            title=one["title"][language],
            learning_forms=tuple(LearningForm(form) for form in one["learning_forms"]),
            starts_after_days=one.get("starts_after_days", 0),
            days=one.get("days", 0),
            ends_after_days=one.get("ends_after_days"),
            description=said("description", one),
            asks_of_managers=said("asks_of_managers", one),
        )

    return ProgrammeTemplate(
        id=UUID(document["id"]),
        state=TemplateState.SHIPPED,
        language=language,
        name=document["name"][language],
        purpose=document["purpose"][language],
        source=document["source"],
        level=ProgrammeLevel(document["level"]),
        also_levels=tuple(ProgrammeLevel(one) for one in document.get("also_levels", ())),
        mix=ProgrammeMix(document["mix"]),
        modules=tuple(module(one) for one in document["modules"]),
        ways=tuple(WayIn(one) for one in document.get("ways", ())),
        roles=tuple(Part(who=Responsible(one["who"]), what=one["what"][language]) for one in document["roles"]),
        asks_of_managers=said("asks_of_managers"),
        deviation=said("deviation"),
        version=1,
    )
