"""Who leads what according to an export: heads, levels, and the engagement that holds a post."""

from datetime import date
from pathlib import Path
from typing import Any

from service.domain.actor import Role
from service.domain.engagements.model import FilledBy
from service.domain.imports.mapping_text import parse_mapping
from service.domain.positions.commands import Appoint, appoint
from tests.importing import GENERAL, count, imported, stored, today, written
from tests.municipality import Municipality

FLAT = parse_mapping(
    GENERAL
    + """
[[file]]
name = "flat.csv"
[[file.unit]]
key = "Area"
name = "Area"
kind = { constant = "administration" }
repeats = true
[[file.unit]]
key = ["Area", "Unit"]
name = "Unit"
parent = "Area"
repeats = true
[[file.person]]
key = "No"
first_hired_on = "Hired"
[[file.engagement]]
key = "No"
person = "No"
unit = ["Area", "Unit"]
title = "Title"
primary = { constant = "yes" }
start_on = "Hired"
[[file.leader]]
key = "No"
person = "No"
unit = ["Area", "Unit"]
title = "Title"
titles = [
  { level = "N1", pattern = "^Director", unit = "Area" },
  { level = "N3", pattern = "^Manager" },
]
""",
    "flat.toml",
)
HEADER = "No;Area;Unit;Title;Hired\n"


def flat(folder: Path, *rows: str) -> Path:
    (folder / "flat.csv").write_text(HEADER + "\n".join(rows) + "\n")
    return folder


async def heads(town: Municipality) -> set[str]:
    return {key for key, post in (await stored(town, "position")).items() if post["heads_unit"]}


async def manager_of(town: Municipality, key: str) -> Any:
    people = await stored(town, "person")
    read = await town.client(None, Role.HR).get(f"/v1/persons/{people[key]['id']}")
    found = read.json()["nearestManagerId"]
    return next((known for known, one in people.items() if str(one["id"]) == found), None)


async def test_of_several_leaders_the_highest_then_the_first_hired_then_the_lowest_key_heads_the_unit(
    town: Municipality, tmp_path: Path
) -> None:
    await imported(
        town,
        flat(
            tmp_path,
            "5;A;X;Manager;2001-01-01",
            "4;A;X;Manager;2000-01-01",
            "3;A;X;Manager;2000-01-01",
            "2;A;Y;Manager;2010-01-01",
            "1;A;Y;Nurse;2010-01-01",
        ),
        FLAT,
    )
    assert await heads(town) == {"3", "2"}
    assert await manager_of(town, "1") == "2"
    assert await manager_of(town, "5") == "3"


async def test_a_director_leads_the_area_and_not_the_office_where_the_desk_stands(
    town: Municipality, tmp_path: Path
) -> None:
    export = flat(tmp_path, "1;A;Office;Director;2000-01-01", "2;A;Office;Manager;2001-01-01", "3;A;X;Nurse;2001-01-01")
    await imported(town, export, FLAT)
    units, engagements = await stored(town, "unit"), await stored(town, "engagement")
    assert engagements["1"]["unit_id"] == units["A"]["id"], "an engagement that holds a post is in the post's unit"
    assert [await manager_of(town, key) for key in ("1", "2", "3")] == [None, "1", "1"]
    assert (await imported(town, export, FLAT, snapshot=True)).changes_nothing


async def test_who_takes_over_heads_the_unit_and_the_old_post_steps_down(town: Municipality, tmp_path: Path) -> None:
    await imported(town, flat(tmp_path, "1;A;X;Manager;2000-01-01", "3;A;X;Nurse;2001-01-01"), FLAT)
    await imported(town, flat(tmp_path, "2;A;X;Manager;2026-01-01", "3;A;X;Nurse;2001-01-01"), FLAT)
    assert await heads(town) == {"2"}
    assert await manager_of(town, "3") == "2"


async def test_leaders_swap_units(town: Municipality, tmp_path: Path) -> None:
    await imported(town, flat(tmp_path, "1;A;X;Manager;2000-01-01", "2;A;Y;Manager;2000-01-01"), FLAT)
    swapped = flat(tmp_path, "1;A;Y;Manager;2000-01-01", "2;A;X;Manager;2000-01-01")
    report = await imported(town, swapped, FLAT)
    assert count(report, "Position").changed == 2
    assert await heads(town) == {"1", "2"}


async def test_who_leads_two_units_has_an_engagement_for_each(town: Municipality, tmp_path: Path) -> None:
    export = written(tmp_path, leaders=("-C;leaf;;Teamleder;1", "C;leaf;l;Teamleder;1"))
    report = await imported(town, export)
    assert count(report, "Engagement").added == 4
    made = (await stored(town, "engagement"))["leader//C//l"]
    assert (made["is_primary"], made["position_title"], made["start_on"]) == (False, "Teamleder", None)
    assert await manager_of(town, "m") == "l"
    assert (await imported(town, export, snapshot=True)).changes_nothing


async def test_a_leader_without_any_engagement_gets_one(town: Municipality, tmp_path: Path) -> None:
    await imported(town, written(tmp_path, engagements=("-2;l;school;Skoleleder;1;2016-01-01;",)))
    made = (await stored(town, "engagement"))["leader//B//l"]
    assert made["is_primary"]
    assert (await manager_of(town, "m"), await manager_of(town, "l")) == ("l", "d")


async def test_an_engagement_that_follows_from_a_leader_ends_with_it(town: Municipality, tmp_path: Path) -> None:
    await imported(town, written(tmp_path, leaders=("-C;leaf;;Teamleder;1", "C;leaf;l;Teamleder;1")))
    await imported(town, written(tmp_path, leaders=("-C;leaf;;Teamleder;1", "C;leaf;m;Teamleder;1")))
    engagements = await stored(town, "engagement")
    assert engagements["leader//C//l"]["end_on"] == today(town)
    assert engagements["3"]["position_id"] == (await stored(town, "position"))["C"]["id"]


async def test_a_post_that_nobody_holds_any_more_is_vacant_from_today(town: Municipality, tmp_path: Path) -> None:
    await imported(town, written(tmp_path))
    await imported(town, written(tmp_path, leaders=("-B;school;l;Skoleleder;1", "B;school;;Skoleleder;1")))
    posts = (await town.client(None, Role.HR).get("/v1/positions", params={"vacant": "true"})).json()["items"]
    assert {(one["externalId"], one["vacantSince"]) for one in posts} == {("B", str(today(town))), ("C", None)}
    assert await manager_of(town, "m") == "d"


async def test_an_appointment_that_hr_recorded_stands(town: Municipality, tmp_path: Path) -> None:
    await imported(town, written(tmp_path))
    posts, people = await stored(town, "position"), await stored(town, "person")
    appointed = Appoint(person_id=people["m"]["id"], start_on=date(2026, 9, 1), filled_by=FilledBy.INTERNAL)
    await town.run(appoint, posts["C"]["id"], appointed, None)
    report = await imported(town, tmp_path)
    assert [str(one.code) for one in report.problems] == ["primary_elsewhere"], "the export is a day late"
    read = (await town.client(None, Role.HR).get(f"/v1/positions/{posts['C']['id']}")).json()
    assert (read["vacant"], read["holderId"]) == (False, str(people["m"]["id"]))


async def test_a_level_that_the_export_does_not_say_follows_from_the_tree_until_hr_says_it(
    town: Municipality, tmp_path: Path
) -> None:
    await imported(town, written(tmp_path))
    post = (await stored(town, "position"))["C"]
    assert post["level"] == "N2"
    hr = town.client(None, Role.HR)
    assert (await hr.patch(f"/v1/positions/{post['id']}", json={"level": "N5"})).status_code == 200
    await imported(town, tmp_path)
    assert (await stored(town, "position"))["C"]["level"] == "N5"
