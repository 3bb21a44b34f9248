"""Tips over REST: a staff representative tells HR alone, and nobody is on a list who does not know of it (W5)."""

from typing import Any

import httpx
import pytest

from service.domain.actor import Role
from service.domain.tips.commands import lapse
from tests.clock import MovableClock
from tests.events import told
from tests.everywhere import everywhere
from tests.municipality import Municipality
from tests.selection import Selection, selection

TIPS = "/v1/tips"
REASON = "Samler folk om svære opgaver."


async def chosen_with_finn(town: Municipality) -> Selection:
    chosen = await selection(town)
    await town.person("Finn", chosen.technics)
    return chosen


def finn(town: Municipality) -> httpx.AsyncClient:
    return town.client("Finn", Role.WORKS_COUNCIL)


async def left(town: Municipality, **about: Any) -> str:
    about = about or {"personId": str(town.people["Mette"])}
    made = await finn(town).post(TIPS, json={"reason": REASON, **about})
    assert made.status_code == 201, made.text
    return made.headers["location"]


async def test_W5_a_representative_leaves_a_tip_that_hr_alone_reads(town: Municipality) -> None:
    chosen = await chosen_with_finn(town)
    url = await left(town)
    read = (await chosen.hr.get(url, params={"expand": "person,tipster"})).json()
    assert (read["state"], read["reason"], read["allowedActions"]) == ("left", REASON, ["tell", "close"])
    assert (read["person"]["givenName"], read["tipster"]["givenName"]) == ("Mette", "Finn")
    for reader in (
        chosen.top,
        town.client("Mette"),
        town.client("Mads"),
        town.client(None, Role.ADMIN),
        town.client("Ole", Role.WORKS_COUNCIL),
    ):
        assert (await reader.get(url)).status_code == 404
        assert (await reader.get(TIPS)).json()["items"] == []


async def test_W5_who_left_it_reads_what_has_become_of_it_and_nothing_else(town: Municipality) -> None:
    chosen = await chosen_with_finn(town)
    url = await left(town)
    seen = (await finn(town).get(url, params={"expand": "person,tipster"})).json()
    assert (seen["state"], seen["reason"], seen["personId"], seen["person"]) == ("left", None, None, None)
    assert seen["allowedActions"] == []
    refused = await finn(town).get(TIPS, params={"personId": str(town.people["Mette"])})
    assert (refused.status_code, refused.json()["code"]) == (403, "filter_not_allowed")
    await chosen.hr.post(f"{url}/tell", json={})
    assert (await finn(town).get(url)).json()["state"] == "told"


async def test_W5_no_event_and_no_log_says_whom_a_tip_is_about(town: Municipality) -> None:
    chosen = await chosen_with_finn(town)
    url = await left(town)
    await chosen.hr.get(url)
    await chosen.hr.post(f"{url}/tell", json={})
    events = await told(town, "tip.left", "tip.told")
    assert [(one["type"], set(one["data"])) for one in events] == [
        ("tip.left", {"state"}),
        ("tip.told", {"state", "changed"}),
    ]
    assert str(town.people["Mette"]) not in str(events)
    log = (await town.client(None, Role.ADMIN).get("/v1/access-log")).json()["items"]
    assert [one for one in log if one["concept"] == "Tip"] == []


async def test_W5_a_tip_lapses_after_30_days_unless_the_person_is_told_and_nothing_of_it_is_left(
    town: Municipality, clock: MovableClock
) -> None:
    chosen = await chosen_with_finn(town)
    untold, known = await left(town), await left(town, personId=str(town.people["Ole"]))
    await chosen.hr.post(f"{known}/tell", json={})
    before = clock.now
    try:
        for days, there in ((29, 200), (1, 404)):
            clock.forward(days=days)
            await town.rooms.transactions.run(town.hr, lapse)
            assert (await chosen.hr.get(untold)).status_code == there
        assert (await finn(town).get(untold)).status_code == 404
        assert await everywhere(town, str(town.people["Mette"])) == ["engagement", "event", "person"]
        about = [one for one in await told(town) if one["resource_id"] == untold.rsplit("/", 1)[1]]
        assert [one["type"] for one in about] == ["tip.left", "tip.lapsed"]
        assert (await town.client("Ole").get(known)).json()["reason"] == REASON
        clock.forward(days=181)
        await town.rooms.transactions.run(town.hr, lapse)
        assert await everywhere(town, REASON) == []
    finally:
        clock.now = before


async def test_who_is_told_reads_it_but_not_who_said_it_and_may_take_it_up(town: Municipality) -> None:
    chosen = await chosen_with_finn(town)
    url = await left(town)
    await chosen.hr.post(f"{url}/tell", json={})
    mette = town.client("Mette")
    read = (await mette.get(url, params={"expand": "tipster,person"})).json()
    assert (read["reason"], read["tipsterId"], read["tipster"]) == (REASON, None, None)
    assert (read["person"]["givenName"], read["allowedActions"]) == ("Mette", ["takeUp", "close"])
    assert (await mette.get("/v1/talents")).json()["items"] == []
    assert (await mette.post(f"{url}/take-up", json={})).json()["state"] == "taken_up"
    (talent,) = (await mette.get("/v1/talents")).json()["items"]
    assert talent["origins"] == ["tip"]


async def test_F4_a_tip_can_turn_into_an_application(town: Municipality) -> None:
    chosen = await chosen_with_finn(town)
    url = await left(town)
    tip = url.rsplit("/", 1)[1]
    body = {"cohortId": str(chosen.cohort), "motivation": "Jeg vil lede.", "tipId": tip}
    mette = town.client("Mette")
    assert (await mette.post("/v1/candidacies", json=body)).status_code == 404
    await chosen.hr.post(f"{url}/tell", json={})
    made = await mette.post("/v1/candidacies", json=body)
    assert (made.json()["state"], made.json()["ways"]) == ("submitted", ["tip", "application"])
    assert (await town.client("Ole").post("/v1/candidacies", json=body)).status_code == 404
    (talent,) = (await mette.get("/v1/talents")).json()["items"]
    assert talent["origins"] == ["tip", "application"]


@pytest.mark.parametrize("closer", ["hr", "Mette"])
async def test_a_closed_tip_says_nothing_and_goes_when_the_day_is_over(
    town: Municipality, closer: str, clock: MovableClock
) -> None:
    chosen = await chosen_with_finn(town)
    url = await left(town)
    await chosen.hr.post(f"{url}/tell", json={})
    client = chosen.hr if closer == "hr" else town.client(closer)
    closed = await client.post(f"{url}/close", json={})
    assert (closed.status_code, closed.json()["state"], closed.json()["reason"]) == (200, "closed", None)
    assert await everywhere(town, REASON) == []
    before = clock.now
    clock.forward(days=1)
    try:
        await town.rooms.transactions.run(town.hr, lapse)
        assert (await chosen.hr.get(url)).status_code == 404
    finally:
        clock.now = before


async def test_a_tip_names_an_employee_by_id_or_address(town: Municipality) -> None:
    chosen = await chosen_with_finn(town)
    await town.person("Ida", chosen.team, email="ida@kommunen.example")
    await town.person("Sif", chosen.team, email="sif@kommunen.example", protected_identity=True)
    await town.person("Xenia", external=True, email="xenia@firma.example")
    url = await left(town, email="IDA@kommunen.example")
    assert (await chosen.hr.get(url)).json()["personId"] == str(town.people["Ida"])
    for about, code, pointer in (
        ({"email": "nobody@kommunen.example"}, "unknown_reference", "/email"),
        ({"email": "sif@kommunen.example"}, "unknown_reference", "/email"),
        ({"personId": str(town.people["Xenia"])}, "unknown_reference", "/personId"),
        ({"personId": str(town.people["Finn"])}, "tip_about_oneself", "/personId"),
        ({}, "tip_about_whom", "/personId"),
        ({"personId": str(town.people["Ida"]), "email": "ida@kommunen.example"}, "tip_about_whom", "/personId"),
    ):
        refused = await finn(town).post(TIPS, json={"reason": REASON, **about})
        assert (refused.status_code, refused.json()["code"]) == (422, code)
        assert refused.json()["errors"][0]["pointer"] == pointer


async def test_nobody_else_leaves_tips_or_tells_of_them(town: Municipality) -> None:
    chosen = await chosen_with_finn(town)
    url = await left(town)
    body = {"reason": REASON, "personId": str(town.people["Ole"])}
    for other in (chosen.hr, chosen.top, town.client("Mads"), town.client(None, Role.WORKS_COUNCIL)):
        assert (await other.post(TIPS, json=body)).status_code == 403
    assert (await finn(town).post(f"{url}/tell", json={})).status_code == 403
    assert (await finn(town).post(f"{url}/close", json={})).status_code == 403
    assert (await town.client("Mads").post(f"{url}/tell", json={})).status_code == 404
