"""What happened: written in the transaction that made it happen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class Event:
    """One thing that happened to one aggregate, in the shape of CloudEvents 1.0.

    `type` is `<concept>.<past participle>`. `data` holds ids, states and the names of changed fields; never free
    text, scores or reasons, so that erasing a person never has to touch an event.
    """

    id: UUID
    type: str
    concept: str
    resource: UUID
    version: int
    time: datetime
    data: Mapping[str, Any]
