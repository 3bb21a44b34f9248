"""What goes with a call: whom it is for, how they hear of it, how they are found, and who does what."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from annotated_types import Len
from typing_extensions import Doc

from service.domain.candidacies.model import WayIn

Word = Annotated[str, Len(1, 200)]
Administrations = Annotated[tuple[UUID, ...], Len(0, 100)]


@dataclass(frozen=True, kw_only=True)
class TargetGroup:
    """Whom the call is for. What is empty sets no limit; an employee meets every limit that is set.

    An engagement of today counts when it is within one of the administrations and of one of the employment types.
    """

    administration_ids: Annotated[
        Administrations, Doc("Employees of these administrations, and of the units below them.")
    ] = ()
    professional_fields: Annotated[
        tuple[Word, ...], Len(0, 100), Doc("Employees of these professional fields, written as the persons' are.")
    ] = ()
    employment_types: Annotated[
        tuple[Word, ...], Len(0, 100), Doc("Engagements of these types, written as the engagements' are.")
    ] = ()


EVERYBODY = TargetGroup()
"""Every employee."""


class Channel(StrEnum):
    """How somebody hears of the call. The first four reach each one personally; the others those who look."""

    PAYSLIP = "payslip"
    LETTER = "letter"
    EMAIL = "email"
    MANAGER = "manager"
    STAFF_MEETING = "staff_meeting"
    REPRESENTATIVE = "representative"
    INTRANET = "intranet"
    NOTICE_BOARD = "notice_board"


PERSONAL = frozenset({Channel.PAYSLIP, Channel.LETTER, Channel.EMAIL, Channel.MANAGER})
"""Where all can apply, all must hear of it (F1): one of these reaches everybody in the target group [G]."""


class Credit(StrEnum):
    """What managers get who let their talents go (R6, W4).

    The central pool pays for the absence, top management says aloud who found the talents, somebody stands in, or
    another reward.
    """

    CENTRAL_POOL = "central_pool"
    RECOGNITION = "recognition"
    SUBSTITUTE = "substitute"
    OTHER_REWARD = "other_reward"


@dataclass(frozen=True, kw_only=True)
class PlannedWay:
    """A way in that is to be used actively, everywhere or in some administrations (F4). It closes no other (F1)."""

    way: Annotated[WayIn, Doc("The way in.")]
    administration_ids: Annotated[
        Administrations, Doc("In these administrations; in all of them where none is named.")
    ] = ()


class Responsible(StrEnum):
    """Who has a part in a programme (domain.md §2, W1 to W5)."""

    TOP_MANAGEMENT = "top_management"
    HR = "hr"
    MANAGER = "manager"
    PARTICIPANT = "participant"
    MENTOR = "mentor"
    HOST = "host"
    CONSULTANT = "consultant"
    KEY_PERSON = "key_person"
    LEADER = "leader"
    WORKS_COUNCIL = "works_council"


@dataclass(frozen=True, kw_only=True)
class Part:
    """What somebody does in a programme."""

    who: Annotated[Responsible, Doc("Who does it.")]
    what: Annotated[str, Len(1, 1000), Doc("What they do.")]
