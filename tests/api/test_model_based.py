"""Programmes, candidacies and cohorts under random commands of random people, also at the same moment."""

from anyio.from_thread import start_blocking_portal
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from service.main import Rooms, rooms
from service.settings import Settings
from tests.clock import MovableClock
from tests.modelled.hands import Hands
from tests.modelled.world import World
from tests.municipality import development_key, municipality

# To find the shortest way to a defect takes minutes here; the steps that led to it are printed.
_WITHOUT_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)
_EFFORT = settings(
    max_examples=15,
    phases=_WITHOUT_SHRINKING,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    print_blob=True,
)


def test_whatever_is_asked_by_whomever_the_rules_hold_and_a_refusal_changes_nothing(database: str) -> None:
    """One candidacy per person and cohort, places and reserved seats, reasons, drafts (domain.md §3).

    `allowedActions` is what is tried and done, nothing else.
    """
    with start_blocking_portal() as portal:

        class Random(Hands):
            async def fresh(self) -> World:
                clock.now = MovableClock().now
                async with municipality(joined) as town:
                    world = World(town, clock)
                    await world.begin()
                    return world

        Random.portal = portal
        clock = MovableClock()
        service = Settings(env="development", pool_size=8)
        made = rooms(database, service, development=development_key(), clock=clock)
        with portal.wrap_async_context_manager(made) as joined:
            assert isinstance(joined, Rooms)
            run_state_machine_as_test(Random, settings=_EFFORT)
