"""Issuing a certificate when a participation is completed."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from service.domain.certificates.credential import badge
from service.domain.certificates.model import Certificate
from service.domain.ids import new_id
from service.domain.participations.model import Participation
from service.domain.programmes.completion import CompletionRule

if TYPE_CHECKING:
    from service.domain.unit_of_work import UnitOfWork


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(files("service.domain.certificates").joinpath("words.toml").read_text("utf-8"))


def narrative(rule: CompletionRule | None, language: str) -> str:
    """What it takes to complete a programme, as a sentence or a few."""
    words = _words()[language]
    said = [words["completed"]]
    if rule and rule.sessions_percent:
        said.append(words["sessions"].format(percent=rule.sessions_percent))
    if rule and rule.projects_percent:
        said.append(words["projects"].format(percent=rule.projects_percent))
    if rule and rule.elements:
        said.append(words["elements"].format(number=rule.elements))
    return " ".join(said)


async def issue(participation: Participation, uow: "UnitOfWork") -> None:
    """Issue the certificate of a completed participation, in the organisation's language.

    It says who completed what and what that took, no more: nothing of how somebody did, and it promises no job (A1).
    """
    rule, _ = await uow.participations.progress(participation.id)
    about = await uow.certificates.certified(participation.id)
    identity, index = new_id(), await uow.certificates.free_index()
    said = badge(identity, about, narrative(rule, uow.language), uow.certificates.issuer, index, uow.now)
    certificate = Certificate(
        id=identity,
        participation_id=participation.id,
        person_id=participation.person_id,
        programme_id=about.programme_id,
        name=about.programme,
        credential=await uow.certificates.sign(said),
        issued_at=uow.now,
        status_index=index,
    )
    await uow.certificates.add(certificate, "issued")
