"""A snapshot ends what is gone, within its share; what could not be read is not gone."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from service.domain.actor import Role
from service.domain.engagements.commands import BeginEngagement, begin
from service.domain.errors import Conflict
from tests.importing import codes, count, everything, imported, stored, today, written
from tests.municipality import Municipality

METTE = ("-m;Mette;Møller;1990-03-31",)
METTES_WORK = ("-3;m;leaf;Lærer;1;2017-01-01;",)
HALF = Decimal("0.5")


async def test_without_a_snapshot_nothing_is_ended(town: Municipality, tmp_path: Path) -> None:
    await imported(town, written(tmp_path))
    report = await imported(town, written(tmp_path, persons=METTE, engagements=METTES_WORK))
    assert report.changes_nothing


async def test_who_is_gone_has_left_and_works_here_no_more(town: Municipality, tmp_path: Path) -> None:
    await imported(town, written(tmp_path))
    less = written(tmp_path, persons=METTE, engagements=METTES_WORK)
    report = await imported(town, less, snapshot=True, share=HALF)
    assert [(one.concept, one.ended) for one in report.counts] == [
        ("Unit", 0),
        ("Person", 1),
        ("Engagement", 1),
        ("Position", 0),
    ]
    assert (await stored(town, "person"))["m"]["left_on"] == today(town)
    assert (await stored(town, "engagement"))["3"]["end_on"] == today(town)
    assert (await imported(town, tmp_path, snapshot=True)).changes_nothing


async def test_who_comes_back_has_not_left(town: Municipality, tmp_path: Path) -> None:
    await imported(town, written(tmp_path))
    await imported(town, written(tmp_path, persons=METTE, engagements=METTES_WORK), snapshot=True, force=True)
    report = await imported(town, written(tmp_path), snapshot=True)
    assert (count(report, "Person").changed, count(report, "Engagement").changed) == (1, 1)
    assert (await stored(town, "person"))["m"]["left_on"] is None
    assert (await stored(town, "engagement"))["3"]["end_on"] is None


async def test_who_hr_recorded_as_left_stays_so_while_the_export_only_knows_the_name(
    town: Municipality, tmp_path: Path
) -> None:
    await imported(town, written(tmp_path))
    person = (await stored(town, "person"))["m"]["id"]
    left = await town.client(None, Role.HR).post(f"/v1/persons/{person}/leave", json={"on": "2026-09-01"})
    assert left.status_code == 200, left.text
    await imported(town, written(tmp_path, engagements=METTES_WORK))
    assert (await stored(town, "person"))["m"]["left_on"] == date(2026, 9, 1)


async def test_a_post_that_is_gone_is_vacated(town: Municipality, tmp_path: Path) -> None:
    await imported(town, written(tmp_path))
    gone = written(tmp_path, leaders=("-B;school;l;Skoleleder;1",))
    report = await imported(town, gone, snapshot=True, force=True)
    assert count(report, "Position").ended == 1
    post = (await stored(town, "position"))["B"]
    assert post["vacant_since"] == today(town)
    assert (await stored(town, "engagement"))["2"]["position_id"] is None
    assert (await imported(town, tmp_path, snapshot=True)).changes_nothing


async def test_a_unit_that_is_gone_closes_unless_people_work_there(town: Municipality, tmp_path: Path) -> None:
    await imported(town, written(tmp_path, units=("empty;Tom;top",)))
    here = BeginEngagement(
        person_id=(await stored(town, "person"))["m"]["id"],
        unit_id=(await stored(town, "unit"))["leaf"]["id"],
        position_title="Frivillig",
        start_on=today(town),
        is_primary=False,
    )
    await town.run(begin, here)
    less = written(
        tmp_path,
        units=("-leaf;Hold;school",),
        engagements=(*METTES_WORK, "3;m;school;Lærer;1;2017-01-01;"),
        leaders=("-C;leaf;;Teamleder;1",),
    )
    report = await imported(town, less, snapshot=True, force=True)
    assert count(report, "Unit").ended == 1
    units = await stored(town, "unit")
    assert (units["empty"]["closed_on"], units["leaf"]["closed_on"]) == (today(town), None)
    assert codes(report) == [("example", 0, None, "unit_in_use")]
    assert '"Hold"' in report.problems[0].message


async def test_more_than_the_share_is_refused_unless_forced(town: Municipality, tmp_path: Path) -> None:
    await imported(town, written(tmp_path))
    before = await everything(town)
    less = written(tmp_path, persons=METTE, engagements=METTES_WORK)
    with pytest.raises(Conflict, match=r"1 of 3 persons of payroll, more than the share of 10\.?0* %"):
        await imported(town, less, snapshot=True)
    assert await everything(town) == before
    failed = (await town.client(None, Role.HR).get("/v1/imports", params={"state": "failed"})).json()["items"]
    assert [one["failure"]["code"] for one in failed] == ["snapshot_too_large"]
    assert count(await imported(town, less, snapshot=True, force=True), "Person").ended == 1


async def test_who_works_here_according_to_the_export_is_not_gone(town: Municipality, tmp_path: Path) -> None:
    await imported(town, written(tmp_path))
    report = await imported(town, written(tmp_path, persons=METTE), snapshot=True)
    assert report.changes_nothing


async def test_a_row_that_does_not_fit_is_not_gone(town: Municipality, tmp_path: Path) -> None:
    await imported(town, written(tmp_path))
    wrong = ("-3;m;leaf;Lærer;1;2017-01-01;", "3;m;nowhere;Lærer;1;2017-01-01;")
    report = await imported(town, written(tmp_path, engagements=wrong), snapshot=True)
    assert [code for *_, code in codes(report)] == ["unknown_unit"]
    assert (await stored(town, "engagement"))["3"]["end_on"] is None


@pytest.mark.parametrize("row", ["m;Mette;Møller;31-03-1990", 'm;"Mette;Møller;1990-03-31', ";Mette;Møller;1990-03-31"])
async def test_a_row_that_cannot_be_read_is_not_gone(town: Municipality, tmp_path: Path, row: str) -> None:
    await imported(town, written(tmp_path))
    report = await imported(town, written(tmp_path, persons=(*METTE, row)), snapshot=True, force=True)
    assert count(report, "Person").ended == 0
    assert (await stored(town, "person"))["m"]["left_on"] is None


async def test_beside_a_row_that_cannot_be_read_the_others_are_gone_as_ever(town: Municipality, tmp_path: Path) -> None:
    await imported(town, written(tmp_path))
    less = written(
        tmp_path,
        persons=(*METTE, "m;Mette;010190-1234;1990-03-31", "-l;Lars;Lund;1980-02-28"),
        engagements=("-2;l;school;Skoleleder;1;2016-01-01;",),
        leaders=("-B;school;l;Skoleleder;1", "B;school;;Skoleleder;1"),
    )
    report = await imported(town, less, snapshot=True, share=HALF)
    assert codes(report) == [("persons.csv", 3, "Family", "identity_number")]
    people = await stored(town, "person")
    assert (people["m"]["left_on"], people["l"]["left_on"]) == (None, today(town))


async def test_after_too_many_open_quotes_nothing_of_that_file_is_gone(town: Municipality, tmp_path: Path) -> None:
    await imported(town, written(tmp_path))
    broken = tuple(f'x{number};"open;quote;' for number in range(150))
    report = await imported(
        town,
        written(tmp_path, persons=(*METTE, *broken), leaders=("-B;school;l;Skoleleder;1",)),
        snapshot=True,
        force=True,
    )
    ended = {one.concept: one.ended for one in report.counts}
    assert ended == {"Unit": 0, "Person": 0, "Engagement": 0, "Position": 1}
    assert "not_all_read" in {code for *_, code in codes(report)}


async def test_a_new_primary_engagement_takes_over_from_one_that_the_export_has_dropped(
    town: Municipality, tmp_path: Path
) -> None:
    await imported(town, written(tmp_path))
    new_job = (*METTES_WORK, "7;m;school;Afdelingsleder;1;2026-09-01;")
    report = await imported(town, written(tmp_path, engagements=new_job), snapshot=True, force=True)
    assert report.problems == ()
    engagements = await stored(town, "engagement")
    assert (engagements["3"]["end_on"], engagements["3"]["is_primary"]) == (today(town), False)
    assert engagements["7"]["is_primary"]
    assert (await imported(town, tmp_path, snapshot=True)).changes_nothing
