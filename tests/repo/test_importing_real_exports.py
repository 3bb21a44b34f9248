"""Exports that this project did not write, in the database. Without them these tests are skipped."""

import os
from pathlib import Path

import pytest

from service.domain.actor import Role
from service.ingest.mapping_files import load_mapping
from tests.importing import count, imported, stored
from tests.municipality import Municipality

SHARED = Path(os.environ.get("TALENTSPOR_SHARED_DATA", Path(__file__).parents[3] / "shared" / "data"))

pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="the real exports are not here")


async def test_the_danish_export_goes_in_once(town: Municipality) -> None:
    mapping = load_mapping("plan2learn")
    report = await imported(town, SHARED / "hjorring", mapping)
    assert (report.problem_count, report.rows_read, report.rows_left_out) == (0, 376, 18)
    assert [(one.concept, one.added) for one in report.counts] == [
        ("Unit", 48),
        ("Person", 143),
        ("Engagement", 125 + 5),  # five leaders have no engagement of their own that runs
        ("Position", 42),
    ]
    assert (await imported(town, SHARED / "hjorring", mapping)).changes_nothing
    assert (await imported(town, SHARED / "hjorring", mapping, snapshot=True)).changes_nothing


async def test_the_danish_exports_leaders_are_the_managers_of_their_units(town: Municipality) -> None:
    await imported(town, SHARED / "hjorring", load_mapping("plan2learn"))
    hr = town.client(None, Role.HR)
    units = {unit["name"]: unit for unit in (await stored(town, "unit")).values()}
    people = {str(one["id"]): key for key, one in (await stored(town, "person")).items()}
    top = (await hr.get(f"/v1/units/{units['Hjørring Kommune']['id']}")).json()
    assert (top["kind"], people[top["managerId"]]) == ("organisation", "7d5cdeec-8333-46e9-8a69-b4a2351f4d01")
    assert top["employeeCount"] == 130
    posts = (await hr.get("/v1/positions", params={"vacant": "true", "count": "true"})).json()
    assert posts["totalCount"] == 0
    found = (await hr.get("/v1/persons", params={"name": "Ingelise", "expand": "nearestManager,unit"})).json()["items"]
    assert [(one["unit"]["name"], people[one["nearestManager"]["id"]]) for one in found] == [
        ("Budget og Planlægning", "61ad64f3-cda4-4517-b9e6-a375e7e2cb20")
    ]


async def test_a_danish_leader_who_is_taken_out_leaves_a_vacant_post(town: Municipality, tmp_path: Path) -> None:
    gone = "61ad64f3-cda4-4517-b9e6-a375e7e2cb20"
    for file in (SHARED / "hjorring").iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    leaders = tmp_path / "leder.csv"
    leaders.write_text(leaders.read_text("utf-8-sig").replace(gone, ""), "utf-8")
    engagements = tmp_path / "engagement.csv"
    kept = [line for line in engagements.read_text("utf-8-sig").splitlines() if gone not in line]
    engagements.write_text("\n".join(kept), "utf-8")
    report = await imported(town, tmp_path, load_mapping("plan2learn"))
    assert (report.problem_count, count(report, "Position").added) == (0, 42)
    hr = town.client(None, Role.HR)
    vacant = (await hr.get("/v1/positions", params={"vacant": "true", "expand": "unit"})).json()["items"]
    assert [one["unit"]["name"] for one in vacant] == ["Budget og Planlægning"]
    people = {str(one["id"]): key for key, one in (await stored(town, "person")).items()}
    found = (await hr.get("/v1/persons", params={"name": "Ingelise"})).json()["items"]
    above = people[found[0]["nearestManagerId"]]
    assert above == "1cd7d465-e525-402f-b93e-e60a20a6e494", "the manager of the administration above"


async def test_the_flat_export_goes_in_once(town: Municipality) -> None:
    mapping = load_mapping("flat-example")
    report = await imported(town, SHARED / "montgomery", mapping)
    assert (report.problem_count, report.rows_read, report.rows_left_out) == (0, 9_228, 0)
    assert [(one.concept, one.added) for one in report.counts] == [
        ("Unit", 37 + 733),
        ("Person", 9_228),
        ("Engagement", 9_228),
        ("Position", 1_659),
    ]
    assert (await imported(town, SHARED / "montgomery", mapping)).changes_nothing
    hr = town.client(None, Role.HR)
    police = (await hr.get("/v1/units", params={"externalId": "POL"})).json()["items"][0]
    director = (
        await hr.get("/v1/positions", params={"unitId": police["id"], "level": "N1", "expand": "holder"})
    ).json()
    assert [(one["title"], one["headsUnit"]) for one in director["items"]] == [("Director Department of Police", True)]
    assert director["items"][0]["holder"]["id"] == police["managerId"]
