"""Where the law asks for an archive, what is due waits in one until HR has taken its export."""

from typing import Any

import httpx
import pytest

from service.domain.actor import Role
from tests.api.forgetting_story import admin, the_clock_looks, told
from tests.clock import MovableClock
from tests.everywhere import found_in
from tests.municipality import Municipality
from tests.selection import Selection, selection

__all__ = ["admin"]


async def _archive(chosen: Selection) -> tuple[httpx.AsyncClient, dict[str, Any]]:
    hr = chosen.hr
    (archive,) = (await hr.get("/v1/archives")).json()["items"]
    return hr, archive


async def test_where_the_law_asks_for_an_archive_deleting_waits_for_the_export_to_be_confirmed(
    town: Municipality, clock: MovableClock, admin: Any
) -> None:
    chosen = await selection(town)
    await chosen.hr.patch("/v1/organisation", json={"archiveDays": 30})
    story = await told(chosen)
    clock.forward(days=190)
    await the_clock_looks(town)
    await the_clock_looks(town)
    hr, archive = await _archive(chosen)
    url = f"/v1/archives/{archive['id']}"
    assert (archive["state"], archive["candidacies"], archive["allowedActions"]) == ("open", 1, ["confirm"])
    export = await hr.get(f"{url}/export")
    assert export.status_code == 200, export.text
    (candidacy,) = export.json()["candidacies"]
    assert all(text in export.text for text in story.texts)
    assert candidacy["id"] == str(story.candidacy)
    assert candidacy["person"]["name"] == "Mette"
    assert candidacy["cohort"]["name"] == "Hold 1"
    assert {one["mean"] for one in candidacy["assessments"]} == {3}
    assert "allowedActions" not in candidacy
    assert not {"gender", "birthDate", "birthYear"} & set(candidacy["person"])
    done = await hr.post(f"{url}/confirm")
    assert (done.status_code, done.json()["state"]) == (200, "deleted"), done.text
    assert await found_in(admin, story.words) == {}
    gone = await hr.get(f"{url}/export")
    assert (gone.status_code, gone.json()["code"]) == (409, "archive_deleted")
    again = await hr.post(f"{url}/confirm")
    assert (again.status_code, again.json()["code"]) == (409, "wrong_state")


async def test_an_export_that_nobody_confirms_delays_deleting_only_until_its_deadline(
    town: Municipality, clock: MovableClock, admin: Any
) -> None:
    chosen = await selection(town)
    await chosen.hr.patch("/v1/organisation", json={"archiveDays": 30})
    story = await told(chosen)
    clock.forward(days=190)
    await the_clock_looks(town)
    clock.forward(days=30)
    await the_clock_looks(town)
    _, archive = await _archive(chosen)
    assert archive["state"] == "open"
    clock.forward(days=1)
    await the_clock_looks(town)
    _, archive = await _archive(chosen)
    assert (archive["state"], archive["confirmedOn"]) == ("deleted", None)
    assert await found_in(admin, story.words) == {}


async def test_taking_the_export_is_a_reading_of_what_is_sensitive(
    town: Municipality, clock: MovableClock, admin: Any
) -> None:
    chosen = await selection(town)
    await chosen.hr.patch("/v1/organisation", json={"archiveDays": 30})
    story = await told(chosen)
    clock.forward(days=190)
    await the_clock_looks(town)
    hr, archive = await _archive(chosen)
    sql = "SELECT count(*) FROM access_log WHERE resource_id = $1"
    before = await admin.fetchval(sql, story.candidacy)
    await hr.get(f"/v1/archives/{archive['id']}/export")
    assert await admin.fetchval(sql, story.candidacy) == before + 1


@pytest.mark.parametrize("who", [Role.TOP_MANAGEMENT, Role.WORKS_COUNCIL, Role.ADMIN])
async def test_an_archive_is_hrs_alone(town: Municipality, clock: MovableClock, who: Role) -> None:
    chosen = await selection(town)
    await chosen.hr.patch("/v1/organisation", json={"archiveDays": 30})
    await told(chosen)
    clock.forward(days=190)
    await the_clock_looks(town)
    _, archive = await _archive(chosen)
    other = town.client(None, who)
    url = f"/v1/archives/{archive['id']}"
    answers = [await other.get(url), await other.get(f"{url}/export"), await other.post(f"{url}/confirm")]
    assert [one.status_code for one in answers] == [404, 404, 404]
