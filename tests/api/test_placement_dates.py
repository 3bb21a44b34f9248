"""Placements over REST: what their dates do, and how they end, go on or are called off."""

import asyncio

import httpx
import pytest

from service.domain.actor import Role
from service.domain.placements.commands import advance
from service.domain.unit_of_work import UnitOfWork
from tests.clock import MovableClock
from tests.municipality import Municipality
from tests.placing import Neighbours, neighbours


@pytest.fixture
async def between(town: Municipality, clock: MovableClock) -> Neighbours:
    return await neighbours(town, clock)


def refusal(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


async def test_an_agreed_placement_waits_for_its_first_day(between: Neighbours) -> None:
    url = await between.agreed(startOn=between.day(3))
    hr = between.hr
    await between.do_due()
    assert (await hr.get(url)).json()["state"] == "agreed"
    assert (await hr.get(f"/v1/units/{between.home}")).json()["managerId"] is None
    await between.days_pass(3)
    assert (await hr.get(url)).json()["state"] == "active"
    assert (await hr.get(f"/v1/units/{between.home}")).json()["managerId"] == str(between.town.people["Mette"])
    version = (await hr.get(url)).json()["version"]
    await between.do_due()
    assert (await hr.get(url)).json()["version"] == version


async def test_the_feed_tells_the_story_of_a_placement_in_order(between: Neighbours) -> None:
    url = await between.agreed(startOn=between.day(3))
    await between.days_pass(3)
    await between.days_pass(27)
    events = await between.hr.get("/v1/events", params={"resourceId": url.rsplit("/", 1)[1]})
    assert [(one["type"].removeprefix("placement."), one["data"]["state"]) for one in events.json()["items"]] == [
        ("proposed", "proposed"),
        ("signed", "proposed"),
        ("signed", "proposed"),
        ("signed", "proposed"),
        ("agreed", "agreed"),
        ("started", "active"),
        ("completed", "completed"),
    ]
    assert {one["actor"] for one in events.json()["items"][-2:]} == {"system"}
    assert "hverdag" not in events.text


async def test_a_placement_whose_days_went_by_unseen_starts_and_completes(between: Neighbours) -> None:
    url = await between.agreed(startOn=between.day(3), endOn=between.day(5))
    await between.days_pass(8)
    assert (await between.hr.get(url)).json()["state"] == "completed"


async def test_the_next_leader_follows_on_the_day_the_one_before_ends(between: Neighbours) -> None:
    first = await between.agreed(endOn=between.day(5))
    second = await between.agreed(startOn=between.day(5), endOn=between.day(9))
    await between.days_pass(5)
    assert (await between.hr.get(first)).json()["state"] == "completed"
    assert (await between.hr.get(second)).json()["state"] == "active"


async def test_a_placement_is_called_off_before_it_starts_by_any_party(between: Neighbours) -> None:
    url = await between.agreed(startOn=between.day(3))
    mette = between.town.client("Mette")
    assert (await mette.post(f"{url}/cancel")).json()["state"] == "cancelled"
    await between.days_pass(3)
    assert (await mette.get(url)).json()["state"] == "cancelled"
    started = await between.agreed()
    assert refusal(await mette.post(f"{started}/cancel")) == (409, "wrong_state")


async def test_the_talent_may_give_up_and_the_reason_is_not_for_managers(between: Neighbours) -> None:
    url = await between.agreed()
    mette = between.town.client("Mette")
    await between.days_pass(10)
    ended = await mette.post(f"{url}/end-early", json={"on": between.day(0), "reason": "Det er ikke mig"})
    assert (ended.json()["state"], ended.json()["endedBy"]) == ("ended_early", "talent")
    assert ended.json()["endReason"] == "Det er ikke mig"
    assert (await between.town.client("Hanne").get(url)).json()["endReason"] is None
    assert (await between.hr.get(f"/v1/units/{between.home}")).json()["managerId"] is None
    await between.hr.get(url)
    logged = await between.town.client(None, Role.ADMIN).get("/v1/access-log")
    assert ["endReason"] in [one["fields"] for one in logged.json()["items"]]


async def test_a_recall_may_lie_ahead_and_frees_the_time_after_it(between: Neighbours) -> None:
    url = await between.agreed()
    hanne = between.town.client("Hanne")
    recalled = await hanne.post(f"{url}/end-early", json={"on": between.day(7)})
    assert (recalled.json()["state"], recalled.json()["endedBy"]) == ("active", "home_manager")
    assert refusal(await hanne.post(f"{url}/end-early", json={"on": between.day(5)})) == (409, "already_ending")
    await between.proposed(startOn=between.day(7))
    await between.days_pass(7)
    assert (await hanne.get(url)).json()["state"] == "ended_early"
    assert refusal(await hanne.post(f"{url}/end-early", json={"on": between.day(9)})) == (409, "wrong_state")


async def test_an_early_end_lies_inside_the_period(between: Neighbours) -> None:
    url = await between.agreed()
    refused = await between.hr.post(f"{url}/end-early", json={"on": between.day(30)})
    assert refusal(refused) == (422, "not_early")


async def test_an_extension_is_a_new_period_that_all_sign_again(between: Neighbours) -> None:
    url = await between.agreed()
    extended = await between.town.client("Svend").post(f"{url}/extend", json={"endOn": between.day(60)})
    assert extended.status_code == 200, extended.text
    new = extended.json()
    assert (new["state"], new["startOn"], new["endOn"]) == ("proposed", between.day(30), between.day(60))
    assert (new["signatures"], f"/v1/placements/{new['extendsId']}") == ([], url)
    for who in ("Mette", "Hanne", "Svend"):
        assert (await between.town.client(who).post(f"/v1/placements/{new['id']}/sign")).status_code == 200
    await between.days_pass(30)
    assert (await between.hr.get(url)).json()["state"] == "completed"
    assert (await between.hr.get(f"/v1/placements/{new['id']}")).json()["state"] == "active"


async def test_however_many_workers_look_a_placement_starts_once(between: Neighbours) -> None:
    """What one worker is about is left alone by the next, which neither waits nor does it again."""
    url = await between.agreed(startOn=between.day(3))
    between.clock.forward(days=3)

    async def overtaken(uow: UnitOfWork) -> None:
        await advance(uow)
        async with asyncio.timeout(60):
            await between.do_due()

    await between.town.rooms.transactions.run(between.town.hr, overtaken)
    events = await between.hr.get("/v1/events", params={"resourceId": url.rsplit("/", 1)[1]})
    assert [one["type"] for one in events.json()["items"]].count("placement.started") == 1
    assert (await between.hr.get(url)).json()["state"] == "active"


async def test_who_leaves_the_organisation_leads_nobody_any_more(between: Neighbours) -> None:
    now, later = await between.agreed(), await between.agreed(startOn=between.day(40), endOn=between.day(60))
    mette = between.town.people["Mette"]
    left = await between.hr.post(f"/v1/persons/{mette}/leave", json={"on": between.day(0)})
    assert left.status_code == 200, left.text
    assert (await between.hr.get(now)).json()["state"] == "ended_early"
    assert (await between.hr.get(later)).json()["state"] == "cancelled"
    assert (await between.hr.get(f"/v1/units/{between.home}")).json()["managerId"] is None
