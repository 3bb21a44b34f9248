"""An export in the database: what goes in, that it goes in once, and that the rest stays what it was."""

from pathlib import Path
from unittest.mock import patch

import pytest

from service.domain.actor import Role
from service.domain.imports.mapping_text import parse_mapping
from service.importing import Run
from service.repo.importing.merging import Merge
from tests.importing import (
    ENGAGEMENTS,
    FOUR_FILES,
    GENERAL,
    LEADERS,
    PERSONS,
    UNITS,
    asked_for,
    codes,
    count,
    everything,
    imported,
    queued,
    stored,
    written,
)
from tests.municipality import Municipality


async def test_units_people_leaders_and_vacant_posts_go_in(town: Municipality, tmp_path: Path) -> None:
    report = await imported(town, written(tmp_path))
    assert report.problems == ()
    assert [(one.concept, one.added) for one in report.counts] == [
        ("Unit", 3),
        ("Person", 3),
        ("Engagement", 3),
        ("Position", 3),
    ]
    hr = town.client(None, Role.HR)
    posts = (await hr.get("/v1/positions", params={"expand": "holder,unit", "sort": "title"})).json()["items"]
    assert [
        (one["title"], one["level"], one["vacant"], one["unit"]["name"], one["holder"] and one["holder"]["givenName"])
        for one in posts
    ] == [
        ("Kommunaldirektør", "N1", False, "Kommunen", "Dorthe"),
        ("Skoleleder", "N1", False, "Skolen", "Lars"),
        ("Teamleder", "N2", True, "Hold", None),
    ]


async def test_a_unit_above_that_stands_further_down_is_found_and_kinds_follow_from_the_tree(
    town: Municipality, tmp_path: Path
) -> None:
    await imported(town, written(tmp_path))
    units = await stored(town, "unit")
    assert {key: unit["kind"] for key, unit in units.items()} == {
        "top": "organisation",
        "school": "administration",
        "leaf": "department",
    }
    hr = town.client(None, Role.HR)
    within = await hr.get("/v1/units", params={"withinId": str(units["top"]["id"]), "sort": "name"})
    assert [one["name"] for one in within.json()["items"]] == ["Hold", "Kommunen", "Skolen"]


async def test_imported_leaders_are_nearest_managers(town: Municipality, tmp_path: Path) -> None:
    await imported(town, written(tmp_path))
    people = await stored(town, "person")
    hr = town.client(None, Role.HR)

    async def manager(of: str) -> str | None:
        read = await hr.get(f"/v1/persons/{people[of]['id']}", params={"expand": "nearestManager"})
        found = read.json()["nearestManager"]
        return found and found["givenName"]

    assert (await manager("m"), await manager("l"), await manager("d")) == ("Lars", "Dorthe", None)


async def test_running_it_again_changes_nothing_and_says_so(town: Municipality, tmp_path: Path) -> None:
    await imported(town, written(tmp_path))
    before = await everything(town)
    for snapshot in (False, True):
        report = await imported(town, tmp_path, snapshot=snapshot)
        assert report.changes_nothing
        assert [one.unchanged for one in report.counts] == [3, 3, 3, 3]
    assert await everything(town) == before


async def test_only_what_differs_is_changed_and_counts_a_version_up(town: Municipality, tmp_path: Path) -> None:
    await imported(town, written(tmp_path))
    changed = ("-m;Mette;Møller;1990-03-31", "m;Mette;Aaberg;1990-03-31")
    report = await imported(town, written(tmp_path, persons=changed))
    assert (count(report, "Person").changed, count(report, "Person").unchanged) == (1, 2)
    people = await stored(town, "person")
    assert (people["m"]["family_name"], people["m"]["version"], people["l"]["version"]) == ("Aaberg", 2, 1)
    assert people["m"]["name_key"] > people["l"]["name_key"], "Aa is Å, the last letter"


async def test_a_unit_that_moves_takes_what_is_below_it_along(town: Municipality, tmp_path: Path) -> None:
    await imported(town, written(tmp_path))
    moved = ("-leaf;Hold;school", "leaf;Hold;new", "new;Ny skole;top")
    await imported(town, written(tmp_path, units=moved))
    units = await stored(town, "unit")
    hr = town.client(None, Role.HR)
    within = await hr.get("/v1/units", params={"withinId": str(units["new"]["id"]), "sort": "name"})
    assert [one["name"] for one in within.json()["items"]] == ["Hold", "Ny skole"]


async def test_what_the_export_does_not_speak_of_stays_as_hr_entered_it(town: Municipality, tmp_path: Path) -> None:
    await imported(town, written(tmp_path))
    people = await stored(town, "person")
    hr = town.client(None, Role.HR)
    entered = {"professionalField": "Pædagogik", "gender": "female", "birthDate": None}
    await hr.patch(f"/v1/persons/{people['m']['id']}", json=entered)
    await imported(town, tmp_path)
    read = (await hr.get(f"/v1/persons/{people['m']['id']}")).json()
    assert (read["professionalField"], read["gender"], read["birthDate"]) == ("Pædagogik", "female", "1990-03-31")


async def test_a_dry_run_shows_the_difference_and_writes_nothing(town: Municipality, tmp_path: Path) -> None:
    export = written(tmp_path, persons=("m;Mette;Igen;",))
    dry = await imported(town, export, dry_run=True)
    assert not any((await everything(town)).values())
    assert await imported(town, export) == dry


async def test_an_import_is_one_event_with_counts_and_no_names(town: Municipality, tmp_path: Path) -> None:
    identity, _ = await asked_for(town, written(tmp_path))
    async with town.rooms.database.transaction(town.organisation) as connection:
        events = await connection.fetch(
            "SELECT type, resource_id, data FROM event WHERE concept <> 'Organisation' ORDER BY sequence"
        )
    assert [(one["type"], one["resource_id"]) for one in events] == [
        (f"import.{what}", identity) for what in ("queued", "started", "completed")
    ]
    persons = {"concept": "Person", "added": 3, "changed": 0, "unchanged": 0, "ended": 0, "refused": 0}
    assert events[-1]["data"]["counts"][1] == persons
    assert "Mette" not in str(events)


async def test_a_crash_leaves_the_old_state_and_a_failed_import(town: Municipality, tmp_path: Path) -> None:
    await imported(town, written(tmp_path))
    before = await everything(town)
    identity = await queued(town, FOUR_FILES)
    run = Run(town.rooms.database, town.rooms.transactions, town.hr, identity, FOUR_FILES)
    changed = written(tmp_path, units=("new;Nyt;top",), persons=("n;Nina;Nord;1991-01-01",))
    with patch.object(Merge, "engagements", side_effect=RuntimeError("power cut")), pytest.raises(RuntimeError):
        await run.over(changed)
    assert await everything(town) == before
    read = (await town.client(None, Role.HR).get(f"/v1/imports/{identity}")).json()
    assert (read["state"], read["failure"]["code"], read["counts"]) == ("failed", "internal", [])
    assert (await imported(town, changed)).counts[0].added == 1, "and the next import is none the worse"


async def test_the_same_keys_in_another_organisation_are_somebody_else(
    town: Municipality, other_town: Municipality, tmp_path: Path
) -> None:
    await imported(other_town, written(tmp_path / "theirs"))
    before = await everything(other_town)
    ours = written(tmp_path / "ours", persons=("-m;Mette;Møller;1990-03-31", "m;Malene;Mark;1990-03-31"))
    await imported(town, ours)
    await imported(town, ours, snapshot=True, force=True)
    assert await everything(other_town) == before
    assert (await stored(town, "person"))["m"]["id"] != (await stored(other_town, "person"))["m"]["id"]


async def test_another_source_with_the_same_keys_is_somebody_else_too(town: Municipality, tmp_path: Path) -> None:
    await imported(town, written(tmp_path))
    payroll = 'source = "payroll"'
    other = parse_mapping(GENERAL.replace(payroll, 'source = "rota"') + UNITS + PERSONS, "other.toml")
    report = await imported(town, tmp_path, other, snapshot=True)
    assert [(one.concept, one.added, one.ended) for one in report.counts][:2] == [("Unit", 3, 0), ("Person", 3, 0)]


async def test_a_partial_export_may_name_what_came_before(town: Municipality, tmp_path: Path) -> None:
    await imported(town, written(tmp_path))
    later = parse_mapping(GENERAL + ENGAGEMENTS, "later.toml")
    more = ("-1;d;;Kommunaldirektør;1;2015-01-01;", "9;m;school;Vikar;0;2020-01-01;")
    report = await imported(town, written(tmp_path, engagements=more), later)
    assert codes(report) == []
    assert count(report, "Engagement").added == 1
    held = (await stored(town, "engagement"))["2"]["position_id"]
    assert held == (await stored(town, "position"))["B"]["id"], "who leads is not what this export is about"


async def test_leaders_alone_make_engagements_where_there_are_none(town: Municipality, tmp_path: Path) -> None:
    only = parse_mapping(GENERAL + UNITS + PERSONS + LEADERS, "leaders.toml")
    report = await imported(town, written(tmp_path), only)
    assert (report.problems, count(report, "Engagement").added) == ((), 2)
    assert (await imported(town, tmp_path, only)).changes_nothing
    units, people = await stored(town, "unit"), await stored(town, "person")
    read = (await town.client(None, Role.HR).get(f"/v1/units/{units['school']['id']}")).json()
    assert read["managerId"] == str(people["l"]["id"])
