"""Steps 1 and 2 over REST: a municipality is imported, a programme is opened."""

import asyncio
from typing import Any

from tests.journeys.cast import CANDIDATES, COUNTS, EMPLOYEES, EVERYBODY, HR_SYSTEM, INSIDE, TOP, export_as_zip
from tests.journeys.rest.door import Rest
from tests.journeys.story import COMPETENCES, REVISED, competences, criteria


async def a_municipality_is_imported(rest: Rest) -> None:
    cast = rest.cast
    async with cast.town.rooms.imports.running():
        first = await _import(rest)
        again = await _import(rest)
    assert {one["concept"]: one["added"] for one in first["counts"]} == COUNTS
    assert {one["concept"]: one["unchanged"] for one in again["counts"]} == COUNTS
    cast.units = {one["externalId"]: one["id"] for one in await rest.lists(HR_SYSTEM, "units")}
    cast.people = {one["givenName"]: one["id"] for one in await rest.lists(HR_SYSTEM, "persons")}
    assert set(cast.people) == set(EVERYBODY)
    assert await rest.readers("imports", first["id"]) == {"Hanne", HR_SYSTEM}

    # The export knows no genders.
    await rest.changes("Hanne", f"persons/{cast.people['Mette']}", gender="female")

    # Everybody inside sees the tree, who leads, and that one leader post is vacant.
    assert await rest.readers("units", cast.units["park"]) == INSIDE
    (vacant,) = await rest.lists("Per", "positions", vacant="true")
    assert (vacant["unitId"], vacant["holderId"]) == (cast.units["park"], None)
    assert await rest.readers("positions", vacant["id"]) == INSIDE
    for unit, leader in (("team-nord", "Mads"), ("sundhed", "Dorthe"), ("park", None)):
        read = await rest.reads("Per", f"units/{cast.units[unit]}")
        assert read["managerId"] == (cast.people[leader] if leader else None)

    # The nearest manager sees people; where the unit has none, the next above is it. Further up one sees counts.
    assert await rest.readers("persons", cast.people["Mette"]) == {*TOP, HR_SYSTEM, "Mads", "Mette"}
    assert await rest.readers("persons", cast.people["Per"]) == {*TOP, HR_SYSTEM, "Tove", "Per"}
    assert await rest.people_of("Mads") == {"Mette", "Ole"}
    assert await rest.people_of("Dorthe") == {"Lise"}
    assert await rest.counts("Dorthe", "sundhed") == (3 + len(CANDIDATES) + 1, None)
    assert await rest.counts("Finn", "sundhed") == (3 + len(CANDIDATES) + 1, None)
    assert await rest.counts("Mette", "sundhed") == (None, None)
    assert (await rest.reads("Hanne", f"persons/{cast.people['Mette']}"))["birthDate"] is not None
    assert (await rest.reads("Mads", f"persons/{cast.people['Mette']}"))["birthDate"] is None


async def _import(rest: Rest) -> Any:
    """Upload the export and wait until it is in."""
    files = {"file": ("export.zip", export_as_zip(), "application/zip")}
    asked = await rest.cast.of(HR_SYSTEM).post("/v1/imports", files=files, data={"mapping": "plan2learn"})
    assert asked.status_code == 202, asked.text
    async with asyncio.timeout(60):
        while True:
            read = await rest.reads(HR_SYSTEM, f"imports/{asked.json()['id']}")
            if read["state"] not in {"queued", "running"}:
                break
            await asyncio.sleep(0.05)
    assert (read["state"], read["problemCount"]) == ("completed", 0), read
    return read


async def a_programme_is_opened(rest: Rest) -> tuple[Any, str]:
    cast = rest.cast
    framework = await rest.does("Hanne", "frameworks", name="Ledelsesgrundlag", competences=competences())
    assert await rest.readers("frameworks", framework["id"]) == TOP
    await rest.does("Hanne", f"frameworks/{framework['id']}/publish")
    assert await rest.readers("frameworks", framework["id"]) == INSIDE

    plan = {
        "name": "På vej mod ledelse",
        "level": "pre_leader",
        "mix": "cross_disciplinary",
        "purpose": "Tolv, der er klar til at lede",
        "frameworkId": framework["id"],
        "criteria": criteria(framework),
        "reach": "Med lønsedlen",
    }
    assert await rest.refused("Mads", "programmes", **plan) == (403, "not_allowed")
    drafted = await rest.does("Hanne", "programmes", **plan)
    programme = f"programmes/{drafted['id']}"
    dates = {"applyBy": f"{cast.day(30)}T12:00:00+02:00", "startsOn": cast.day(60), "endsOn": cast.day(240)}
    cohort = await rest.does("Hanne", "cohorts", programmeId=drafted["id"], name="Hold 1", capacity=12, **dates)
    assert await rest.readers("programmes", drafted["id"]) == {*TOP, "Finn"}
    assert await rest.readers("cohorts", cohort["id"]) == {*TOP, "Finn"}

    assert await rest.refused("Hanne", f"{programme}/endorse") == (403, "not_allowed")
    endorsed = await rest.does("Karen", f"{programme}/endorse")
    assert (endorsed["state"], endorsed["sponsorId"]) == ("endorsed", cast.people["Karen"])
    assert await rest.refused("Hanne", f"{programme}/open") == (409, "consultation_missing")
    heard = await rest.does("Finn", f"{programme}/record-consultation", heldOn=cast.day(-3), reference="MED, punkt 4")
    assert heard["consultation"]["recordedBy"] == cast.people["Finn"]
    opened = await rest.does("Hanne", f"{programme}/open")
    assert opened["state"] == "open"

    # The call and its criteria are open to every employee (F1, F5), and a later edition changes nothing in them.
    assert await rest.readers("programmes", drafted["id"]) == EMPLOYEES
    assert await rest.readers("cohorts", cohort["id"]) == EMPLOYEES
    assert await rest.refused("Hanne", f"{programme}/open") == (409, "wrong_state")
    edition = await rest.does("Hanne", f"frameworks/{framework['id']}/revise")
    renamed = [
        {**one, "name": REVISED if one["name"] == COMPETENCES[0] else one["name"]} for one in edition["competences"]
    ]
    await rest.changes("Hanne", f"frameworks/{edition['id']}", competences=renamed)
    await rest.does("Hanne", f"frameworks/{edition['id']}/publish")
    assert (await rest.reads("Mette", f"frameworks/{framework['id']}"))["state"] == "retired"
    now = await rest.reads("Mette", programme)
    assert now["criteria"] == opened["criteria"]
    assert {one["name"]: one["weight"] for one in now["criteria"]} == dict(zip(COMPETENCES, (2, 1, 1), strict=True))
    return now, cohort["id"]
