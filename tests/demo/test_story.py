"""A first start leaves a municipality with a story in it, and a second one leaves it alone."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from service.databases import count_rows
from service.demo.personas import Part, Persona, personas
from service.demo.seeding import seed, today
from service.demo.story.telling import workday
from service.domain.clock import utc_now
from service.main import Rooms
from service.settings import Settings

SMALL = Settings(env="development", demo_scale=0.05, pool_size=4)


@dataclass
class Told:
    """The organisation of the demo, and what was said and settled while it was made."""

    organisation: UUID
    said: list[str]
    settled: int


@pytest.fixture(scope="module")
async def told(database: str, owner: str) -> Told:
    said: list[str] = []
    settled = 0

    async def settle() -> None:
        nonlocal settled
        settled += 1
        # As `talentspor demo` does: with the counts of the tests before this one, a plan may take minutes.
        await count_rows(owner)

    organisation = await seed(database, SMALL, said.append, settle)
    return Told(organisation, said, settled)


@pytest.fixture
async def rows(told: Told, joined: Rooms) -> AsyncGenerator[Any]:
    """A connection bound to the organisation."""
    async with joined.database.transaction(told.organisation) as connection:
        yield connection


async def count(connection: Any, table: str) -> dict[str | None, int]:
    """How many rows are in which state."""
    return {row[0]: row[1] for row in await connection.fetch(f"SELECT state, count(*) FROM {table} GROUP BY 1")}  # noqa: S608


async def test_who_was_not_admitted_has_been_forgotten_by_now_and_is_counted_still(rows: Any) -> None:
    assert await count(rows, "candidacy") == {
        "accepted": 12,
        "waitlisted": 1,
    }
    # The one for the open call nobody has answered yet; the one that was refused has been forgotten.
    assert await count(rows, "nomination") == {"accepted": 1, "pending": 1}
    # One was declined, one turned the place down; a nomination that was refused leaves nothing.
    assert [row["reached"] for row in await rows.fetch("SELECT reached FROM former_candidacy ORDER BY 1")] == [
        "assessed",
        "offered",
    ]
    total = await rows.fetchval("SELECT total FROM openness_report")
    assert [one["count"] for one in total] == [15, 15, 13, 12, 11]


async def test_one_participant_became_a_leader_in_another_administration(rows: Any) -> None:
    talent = await rows.fetchrow("SELECT * FROM participation WHERE outcome = 'leader_appointed'")
    secondment = await rows.fetchrow("SELECT * FROM placement WHERE kind = 'secondment'")
    engagement = await rows.fetchrow(
        "SELECT * FROM engagement WHERE person_id = $1 AND position_id IS NOT NULL", talent["person_id"]
    )

    assert secondment["person_id"] == talent["person_id"]
    assert secondment["state"] == "completed"
    assert (engagement["position_id"], engagement["filled_by"]) == (secondment["position_id"], "advertised")
    administrations = await rows.fetch(
        "SELECT u.id FROM unit_closure c JOIN unit u ON u.id = c.ancestor_id"
        " WHERE c.descendant_id = ANY($1::uuid[]) AND u.kind = 'administration'",
        [secondment["home_unit_id"], secondment["host_unit_id"]],
    )
    assert len({row["id"] for row in administrations}) == 2


async def test_both_looked_back_on_the_secondment_and_the_talent_has_read_it(rows: Any) -> None:
    debrief = await rows.fetchrow("SELECT * FROM review WHERE kind = 'placement_debrief'")
    answers = await rows.fetch("SELECT relation, answers FROM review_response WHERE review_id = $1", debrief["id"])

    assert debrief["state"] == "acknowledged"
    assert {row["relation"]: len(row["answers"]) for row in answers} == {"self": 5, "host": 5}


async def test_whoever_completed_has_an_outcome_and_whoever_left_has_none(rows: Any) -> None:
    assert await count(rows, "participation") == {"completed": 11, "withdrawn": 1}
    odd = "SELECT count(*) FROM participation WHERE (outcome IS NULL) <> (state = 'withdrawn')"
    assert await rows.fetchval(odd) == 0


async def test_the_feed_tells_it_in_order_and_nothing_lies_ahead(rows: Any) -> None:
    times = [row["time"] for row in await rows.fetch("SELECT time FROM event ORDER BY transaction_id, sequence")]

    assert times == sorted(times)
    assert times[-1] < utc_now()
    assert (times[-1] - times[0]).days > 365


async def test_there_is_somebody_for_every_part(told: Told, rows: Any) -> None:
    found: dict[Part, Persona] = await personas(rows, told.organisation, today())

    assert list(found) == list(Part)
    people = [one.actor.person for one in found.values()]
    assert len(set(people)) == len(Part)


async def test_a_newcomer_can_apply_for_the_open_call(told: Told, rows: Any) -> None:
    employee = (await personas(rows, told.organisation, today()))[Part.EMPLOYEE]
    cohort = await rows.fetchval(
        "SELECT c.id FROM cohort c JOIN programme p ON p.id = c.programme_id"
        " WHERE p.state = 'open' AND c.apply_by > now()"
    )

    assert cohort is not None
    assert await rows.fetchval("SELECT count(*) FROM candidacy WHERE person_id = $1", employee.actor.person) == 0


async def test_a_second_start_adds_nothing(told: Told, database: str, rows: Any) -> None:
    before = await rows.fetchval("SELECT count(*) FROM event")
    said: list[str] = []

    async def settle() -> None:
        raise AssertionError

    assert await seed(database, SMALL, said.append, settle) == told.organisation
    assert said == []
    assert await rows.fetchval("SELECT count(*) FROM event") == before
    assert (len(told.said), told.settled) == (2, 1)


async def test_the_vacant_positions_know_since_when(rows: Any) -> None:
    vacant = "NOT EXISTS (SELECT FROM engagement e WHERE e.position_id = p.id)"

    assert await rows.fetchval(f"SELECT count(*) FROM position p WHERE {vacant} AND vacant_since IS NULL") == 0  # noqa: S608
    assert await rows.fetchval("SELECT count(DISTINCT criticality) FROM position") == 3


def test_nothing_happens_on_a_weekend() -> None:
    days = [date(2026, 9, day) for day in range(1, 31)]

    assert all(workday(day).weekday() < 5 and 0 <= (workday(day) - day).days <= 2 for day in days)
    assert workday(date(2026, 9, 11)) == date(2026, 9, 11)
    assert workday(date(2026, 9, 12)) == workday(date(2026, 9, 13)) == date(2026, 9, 14)
