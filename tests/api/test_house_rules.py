"""What every endpoint shares: versions, repetition, problems, limits, events, and what is read by whom."""

import asyncio
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from service.domain.actor import Role, Scope
from service.domain.persons.commands import LeavePerson, leave
from service.main import rooms
from service.settings import Settings
from tests.clock import MovableClock
from tests.municipality import Municipality, development_key, municipality

NEW_UNIT = {"name": "Skolen", "kind": "institution"}


async def test_if_none_match_saves_the_body_and_if_match_refuses_a_stale_change(town: Municipality) -> None:
    hr = town.client(None, Role.HR)
    made = await hr.post("/v1/units", json=NEW_UNIT)
    url, tag = made.headers["location"], made.headers["etag"]
    assert tag.startswith('"1.')
    again = await hr.get(url, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    changed = await hr.patch(url, json={"name": "Ny skole"}, headers={"If-Match": tag})
    assert changed.status_code == 200
    assert changed.headers["etag"].startswith('"2.')
    stale = await hr.patch(url, json={"name": "Igen"}, headers={"If-Match": tag})
    assert (stale.status_code, stale.json()["code"]) == (412, "stale_version")
    assert (await hr.get(url)).json()["name"] == "Ny skole"


async def test_merge_patch_leaves_what_is_left_out_and_empties_what_is_null(town: Municipality) -> None:
    hr = town.client(None, Role.HR)
    made = await hr.post("/v1/units", json={**NEW_UNIT, "costCentre": "4711"})
    url = made.headers["location"]
    media_type = {"Content-Type": "application/merge-patch+json"}
    kept = await hr.patch(url, content=b'{"name":"Ny"}', headers=media_type)
    assert kept.json()["costCentre"] == "4711"
    emptied = await hr.patch(url, content=b'{"costCentre":null}', headers=media_type)
    assert emptied.json()["costCentre"] is None
    assert emptied.json()["name"] == "Ny"


async def test_a_repeated_post_is_done_once_also_when_both_arrive_together(town: Municipality) -> None:
    hr = town.client(None, Role.HR)
    key = {"Idempotency-Key": "onboarding-1"}
    answers = await asyncio.gather(*(hr.post("/v1/units", json=NEW_UNIT, headers=key) for _ in range(8)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert sum("idempotency-replayed" not in answer.headers for answer in answers) == 1
    assert len((await hr.get("/v1/units")).json()["items"]) == 1
    other = await hr.post("/v1/units", json={**NEW_UNIT, "name": "Anden"}, headers=key)
    assert (other.status_code, other.json()["code"]) == (409, "idempotency_key_reused")


async def test_a_request_that_failed_can_be_repeated_with_its_key(town: Municipality) -> None:
    hr = town.client(None, Role.HR)
    key = {"Idempotency-Key": "k"}
    missing = {**NEW_UNIT, "parentId": "01973a5e-6c1b-7d2f-9a40-3f6f2d1c8b7e"}
    assert (await hr.post("/v1/units", json=missing, headers=key)).status_code == 404
    assert (await hr.post("/v1/units", json=NEW_UNIT, headers=key)).status_code == 201


@pytest.mark.parametrize(
    ("language", "title"),
    [("da", "Findes ikke"), ("sv-SE, en;q=0.5", "Finns inte"), ("no", "Finnes ikke"), ("fr", "Not found")],
)
async def test_a_problem_is_told_in_the_readers_language(town: Municipality, language: str, title: str) -> None:
    url = "/v1/units/01973a5e-6c1b-7d2f-9a40-3f6f2d1c8b7e"
    answer = await town.client(None, Role.HR).get(url, headers={"Accept-Language": language, "X-Request-Id": "abc-1"})
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["x-request-id"] == "abc-1"
    assert answer.json() == {
        "type": "/problems/not_found",
        "title": title,
        "status": 404,
        "detail": "There is no Unit 01973a5e-6c1b-7d2f-9a40-3f6f2d1c8b7e that you may see.",
        "code": "not_found",
        "requestId": "abc-1",
    }


async def test_bad_input_is_told_field_by_field(town: Municipality) -> None:
    hr = town.client(None, Role.HR)
    refused = await hr.post("/v1/units", json={"name": "", "kind": "planet", "colour": 1})
    assert refused.status_code == 422
    assert {one["pointer"] for one in refused.json()["errors"]} == {"/name", "/kind", "/colour"}
    refused = await hr.get("/v1/units?first=0&sort=shoe&kind=planet&colour=red")
    assert {one["pointer"] for one in refused.json()["errors"]} == {"/first", "/sort", "/kind", "/colour"}
    assert (await hr.post("/v1/units", content=b"not json")).status_code == 422
    assert (await hr.post("/v1/units", content=b"<a/>", headers={"Content-Type": "text/xml"})).status_code == 415
    assert (await hr.post("/v1/units", content=b"x" * 1_000_001)).status_code == 413
    assert (await hr.get("/v1/units?after=bm9uc2Vuc2U")).json()["code"] == "bad_cursor"
    assert (await hr.get("/v1/nowhere")).json()["code"] == "not_found"
    assert (await hr.delete("/v1/units")).json()["code"] == "method_not_allowed"


async def test_a_cursor_belongs_to_its_order_and_filter(town: Municipality) -> None:
    hr = town.client(None, Role.HR)
    for name in ("A", "B", "C"):
        await town.unit(name)
    cursor = (await hr.get("/v1/units?first=1")).json()["page"]["endCursor"]
    assert (await hr.get("/v1/units", params={"after": cursor})).status_code == 200
    assert (await hr.get("/v1/units", params={"after": cursor, "sort": "-name"})).json()["code"] == "bad_cursor"
    assert (await hr.get("/v1/units", params={"after": cursor, "kind": "team"})).json()["code"] == "bad_cursor"


async def test_a_national_identity_number_is_refused_in_free_text(town: Municipality) -> None:
    # Computed here: a Danish number is a date and four digits.
    number = f"{date(1980, 2, 3):%d%m%y}-{4 * 1000 + 321}"
    unit = await town.unit("Skolen")
    person = await town.person("Mette", unit)
    hr = town.client(None, Role.HR)
    leaving = {"on": "2026-12-01", "reason": f"Se {number} i arkivet"}
    refused = await hr.post(f"/v1/persons/{person}/leave", json=leaving)
    assert (refused.status_code, refused.json()["code"]) == (422, "identity_number")
    assert refused.json()["errors"][0]["pointer"] == "/reason"


async def test_reading_a_sensitive_value_leaves_a_row_that_the_administrator_finds(town: Municipality) -> None:
    unit = await town.unit("Skolen")
    person = await town.person("Mette", unit)
    quiet = await town.person("Quiet", unit)
    await town.person("Hanne", unit)
    await town.run(leave, person, LeavePerson(on=date(2026, 12, 1), reason="Ny stilling i Aarhus"), None)
    hr = town.client("Hanne", Role.HR)
    assert (await hr.get(f"/v1/persons/{person}")).json()["leftReason"] == "Ny stilling i Aarhus"
    assert (await hr.get(f"/v1/persons/{quiet}")).json()["leftReason"] is None
    log = (await town.client(None, Role.ADMIN).get("/v1/access-log", params={"personId": str(person)})).json()
    (entry,) = log["items"]
    assert entry["readerPersonId"] == str(town.people["Hanne"])
    assert (entry["concept"], entry["resourceId"], entry["fields"]) == ("Person", str(person), ["leftReason"])
    listed = await hr.get("/v1/persons")
    assert len(listed.json()["items"]) == 3
    query = "{ units { nodes { engagements { nodes { person { leftReason } } } } } }"
    deep = await hr.post("/graphql", json={"query": query})
    assert deep.json()["errors"][0]["extensions"]["code"] == "sensitive_too_deep"
    one_down = await hr.post("/graphql", json={"query": "{ engagements { nodes { person { leftReason } } } }"})
    assert "Ny stilling i Aarhus" in one_down.text
    log = (await town.client(None, Role.ADMIN).get("/v1/access-log", params={"personId": str(person)})).json()
    assert len(log["items"]) == 3
    assert (await town.client(None, Role.ADMIN).get(f"/v1/persons/{person}")).status_code == 404


async def test_a_protected_identity_appears_to_hr_and_the_nearest_manager_alone(town: Municipality) -> None:
    unit = await town.unit("Skolen")
    await town.leader("Lars", unit)
    hidden = await town.person("Mette", unit, protected_identity=True)
    seen = {
        "hr": town.client(None, Role.HR),
        "nearest manager": town.client("Lars"),
        "oneself": town.client("Mette"),
    }
    for who, client in seen.items():
        assert (await client.get(f"/v1/persons/{hidden}")).status_code == 200, who
    top = town.client(None, Role.TOP_MANAGEMENT)
    assert (await top.get(f"/v1/persons/{hidden}")).status_code == 404
    assert hidden not in {UUID(one["id"]) for one in (await top.get("/v1/persons")).json()["items"]}
    assert (await top.get("/v1/engagements", params={"personId": str(hidden)})).json()["items"] == []


async def test_what_expand_may_bring_at_worst_is_known_before_anything_is_read(town: Municipality) -> None:
    unit = await town.unit("Skolen")
    deep = {"expand": "units.units.units"}
    async with town.client(None, Role.HR) as hr:
        refused = await hr.get(f"/v1/units/{unit}", params=deep)
        assert (refused.status_code, refused.json()["code"]) == (422, "expand_limit")
        assert "1010101" in refused.json()["detail"]
        assert (await hr.get(f"/v1/units/{unit}", params={"expand": "units.units"})).status_code == 200
        assert (await hr.get("/v1/units", params={"expand": "units.units", "first": 100})).status_code == 422


async def test_filtering_by_what_one_may_not_read_is_refused(town: Municipality) -> None:
    unit = await town.unit("Skolen")
    await town.person("Mette", unit)
    refused = await town.client("Mette").get("/v1/persons", params={"source": "opus"})
    assert (refused.status_code, refused.json()["code"]) == (403, "filter_not_allowed")


async def test_the_feed_tells_what_happened_in_order_and_nothing_of_what_was_written(town: Municipality) -> None:
    unit = await town.unit("Skolen")
    person = await town.person("Mette", unit)
    await town.run(leave, person, LeavePerson(on=date(2026, 12, 1), reason="Hemmeligt"), None)
    feed = town.client(None, Scope.EVENTS_READ)
    first = (await feed.get("/v1/events?first=3")).json()
    assert [one["type"] for one in first["items"]] == ["organisation.founded", "unit.defined", "person.registered"]
    rest = (await feed.get("/v1/events", params={"after": first["page"]["endCursor"]})).json()
    assert [one["type"] for one in rest["items"]] == ["engagement.begun", "person.left", "engagement.ended"]
    assert rest["items"][1]["data"] == {"changed": ["leftOn", "leftReason"]}
    assert "Hemmeligt" not in str(rest)
    assert (await town.client("Mette").get("/v1/events")).json()["items"] == []


async def test_an_event_that_commits_late_is_not_missed(town: Municipality) -> None:
    feed = town.client(None, Scope.EVENTS_READ)
    async with town.rooms.database.transaction(town.organisation) as slow:
        await slow.execute("SELECT pg_current_xact_id()")
        await town.unit("Quick")
        before = (await feed.get("/v1/events")).json()
        assert "unit.defined" not in {one["type"] for one in before["items"]}
        await slow.execute(
            "INSERT INTO event (organisation_id, id, type, concept, resource_id, version, time, actor, data)"
            " VALUES ($1, gen_random_uuid(), 'test.slow', 'Test', gen_random_uuid(), 1, now(), 'test', '{}')",
            town.organisation,
        )
    after = (await feed.get("/v1/events", params={"after": before["page"]["endCursor"]})).json()
    assert {one["type"] for one in after["items"]} >= {"unit.defined", "test.slow"}


async def test_a_read_is_one_statement_at_either_door(town: Municipality, monkeypatch: pytest.MonkeyPatch) -> None:
    unit = await town.unit("Skolen")
    await town.leader("Lars", unit)
    await town.person("Mette", unit)
    statements: list[str] = []
    kind = type(town.rooms.database)
    fetch_row = kind.fetch_row

    async def counted(self: Any, organisation: UUID, sql: str, values: list[Any]) -> Any:
        statements.append(sql)
        return await fetch_row(self, organisation, sql, values)

    monkeypatch.setattr(kind, "fetch_row", counted)
    lars = town.client("Lars")
    for url in (
        "/v1/me?expand=person,nearestManagerOf.unit",
        f"/v1/units/{unit}?expand=manager,engagements.person",
        "/v1/persons?expand=engagements.unit.parent,nearestManager&count=true",
    ):
        statements.clear()
        answer = await lars.get(url)
        assert answer.status_code == 200, answer.text
        assert len(statements) == 1, url
    statements.clear()
    query = "{ me { person { name } } persons { totalCount nodes { name unit { name units { nodes { name } } } } } }"
    answer = await lars.post("/graphql", json={"query": query})
    assert "errors" not in answer.json()
    assert len(statements) == 2


async def test_without_its_database_the_service_says_so_and_when_to_come_back(
    database: str, clock: MovableClock
) -> None:
    settings = Settings(env="development", pool_size=1)
    opened = rooms(database, settings, development=development_key(), clock=clock)
    async with opened as lost, municipality(lost) as town:
        hr = town.client(None, Role.HR)
        await lost.database.pool.close()
        answers = [await hr.get("/v1/units"), await hr.get("/health/ready"), await hr.post("/v1/units", json=NEW_UNIT)]
    for answer in answers:
        assert (answer.status_code, answer.json()["code"]) == (503, "unavailable"), answer.text
        assert int(answer.headers["retry-after"]) > 0
