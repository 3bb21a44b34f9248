"""The organisation chart grown into units: every copy of every blueprint, named and numbered."""

from dataclasses import dataclass
from random import Random

from service.demo.blueprint import Blueprint, Post
from service.demo.places import PlaceNames
from service.demo.records import UnitRecord


@dataclass(frozen=True, kw_only=True, slots=True)
class GrownUnit:
    """A unit with the blueprint it was grown from and the administration it belongs to (the root to none)."""

    record: UnitRecord
    blueprint: Blueprint
    administration: Blueprint | None

    def posts(self) -> list[tuple[Post, bool]]:
        """The leadership positions in the unit, and whether each heads it."""
        head, deputy = self.blueprint.head, self.blueprint.deputy
        return [(post, post is head) for post in (head, deputy) if post is not None]


def grow(rng: Random, root: Blueprint, *, scale: float) -> list[GrownUnit]:
    """All units, parents before their children; what comes in several copies comes in `scale` times as many."""
    names = PlaceNames(rng)
    grown: list[GrownUnit] = []

    def plant(blueprint: Blueprint, parent: UnitRecord | None, above: Blueprint | None, number: int) -> None:
        administration = blueprint if blueprint.kind == "administration" else above
        record = UnitRecord(
            external_id=f"u-{len(grown) + 1:04d}",
            parent_external_id=parent.external_id if parent else None,
            name=names.fill(blueprint.name, parent=parent.name if parent else "", number=number),
            kind=blueprint.kind,
        )
        grown.append(GrownUnit(record=record, blueprint=blueprint, administration=administration))
        for part in blueprint.parts:
            for copy in range(_copies(part, scale)):
                plant(part, record, administration, copy + 1)

    plant(root, None, None, 1)
    return grown


def _copies(blueprint: Blueprint, scale: float) -> int:
    return 1 if blueprint.copies == 1 else max(1, int(blueprint.copies * scale + 0.5))
