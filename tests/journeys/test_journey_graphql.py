"""The whole journey over GraphQL: from an HR export to a leader's first job, and who may see each step of it."""

from pathlib import Path

from tests.clock import MovableClock
from tests.journeys.cast import Cast
from tests.journeys.graphql.afterwards import (
    another_organisation_sees_nothing,
    the_feed_tells_the_story,
    the_log_tells_who_read,
    the_talent_becomes_a_leader,
)
from tests.journeys.graphql.door import GraphQL
from tests.journeys.graphql.founding import a_municipality_is_imported, a_programme_is_opened
from tests.journeys.graphql.secondment import a_vacant_unit_is_led_for_a_while, both_sides_look_back
from tests.journeys.graphql.selection import candidates_are_assessed, candidates_come_in, places_are_given
from tests.municipality import Municipality


async def test_somebody_seen_as_a_talent_becomes_a_leader_over_graphql(
    town: Municipality, other_town: Municipality, clock: MovableClock, tmp_path: Path
) -> None:
    door, began = GraphQL(Cast(town, other_town, clock)), clock.now
    try:
        await a_municipality_is_imported(door, tmp_path)
        programme, cohort = await a_programme_is_opened(door)
        candidacies = await candidates_come_in(door, cohort)
        await candidates_are_assessed(door, programme, candidacies)
        participation = await places_are_given(door, programme, cohort, candidacies)
        placement = await a_vacant_unit_is_led_for_a_while(door, participation)
        await both_sides_look_back(door, placement, participation)
        await the_talent_becomes_a_leader(door, participation)
        await the_feed_tells_the_story(door)
        await the_log_tells_who_read(door)
        await another_organisation_sees_nothing(door)
    finally:
        clock.now = began
