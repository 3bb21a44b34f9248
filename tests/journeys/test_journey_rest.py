"""The whole journey over REST: from an HR export to a leader's first job, and who may see each step of it."""

from tests.clock import MovableClock
from tests.journeys.cast import Cast
from tests.journeys.rest.afterwards import (
    another_organisation_sees_nothing,
    the_feed_tells_the_story,
    the_log_tells_who_read,
    the_talent_becomes_a_leader,
)
from tests.journeys.rest.door import Rest
from tests.journeys.rest.founding import a_municipality_is_imported, a_programme_is_opened
from tests.journeys.rest.secondment import a_vacant_unit_is_led_for_a_while, both_sides_look_back
from tests.journeys.rest.selection import candidates_are_assessed, candidates_come_in, places_are_given
from tests.municipality import Municipality


async def test_somebody_seen_as_a_talent_becomes_a_leader_over_rest(
    town: Municipality, other_town: Municipality, clock: MovableClock
) -> None:
    rest, began = Rest(Cast(town, other_town, clock)), clock.now
    try:
        await a_municipality_is_imported(rest)
        programme, cohort = await a_programme_is_opened(rest)
        candidacies = await candidates_come_in(rest, cohort)
        await candidates_are_assessed(rest, programme, candidacies)
        participation = await places_are_given(rest, programme, cohort, candidacies)
        placement = await a_vacant_unit_is_led_for_a_while(rest, participation)
        await both_sides_look_back(rest, placement, participation)
        await the_talent_becomes_a_leader(rest, participation)
        await the_feed_tells_the_story(rest)
        await the_log_tells_who_read(rest)
        await another_organisation_sees_nothing(rest)
    finally:
        clock.now = began
