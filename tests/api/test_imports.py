"""Imports over REST: an export comes as a form, is worked on in the background, and its problems are a report."""

import asyncio
import csv
import io
import zipfile
from collections.abc import AsyncGenerator, Generator
from pathlib import Path
from typing import Any

import httpx
import pytest

from service.domain.actor import Role, Scope
from service.main import Rooms, application
from service.settings import Settings
from tests.importing import ENGAGEMENTS, GENERAL, LEADERS, PERSONS, UNITS, written
from tests.municipality import Municipality

MAPPING = GENERAL + UNITS + PERSONS + ENGAGEMENTS + LEADERS
FINAL = {"completed", "failed"}


@pytest.fixture(autouse=True)
def tidy(joined: Rooms) -> Generator[None]:
    """What one test leaves waiting is none of the next one's business."""
    yield
    for one in joined.imports.waiting:
        one.export.unlink(missing_ok=True)
    joined.imports.waiting.clear()


@pytest.fixture
async def worker(town: Municipality) -> AsyncGenerator[None]:
    """The town's imports are worked on."""
    async with town.rooms.imports.running():
        yield


def zipped(folder: Path) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for file in sorted(folder.iterdir()):
            archive.write(file, file.name)
    return packed.getvalue()


async def sent(client: httpx.AsyncClient, export: bytes, *, headers: Any = None, **fields: str) -> httpx.Response:
    return await client.post(
        "/v1/imports",
        files={"file": ("export.zip", export, "application/zip")},
        data={"mapping": MAPPING} | fields,
        headers=headers or {},
    )


async def finished(client: httpx.AsyncClient, location: str) -> dict[str, Any]:
    """The import, polled until it is over."""
    while True:
        read = (await client.get(location)).json()
        if read["state"] in FINAL:
            return read
        await asyncio.sleep(0.02)


@pytest.mark.usefixtures("worker")
async def test_an_export_is_accepted_worked_on_and_reported(town: Municipality, tmp_path: Path) -> None:
    hr = town.client(None, Role.HR)
    accepted = await sent(hr, zipped(written(tmp_path, persons=("m;Mette;Igen;",))))
    assert accepted.status_code == 202, accepted.text
    assert accepted.json()["state"] == "queued"
    assert accepted.json()["fileName"] == "export.zip"

    read = await finished(hr, accepted.headers["location"])

    assert (read["state"], read["mapping"], read["source"]) == ("completed", "example", "payroll")
    assert (read["rowsRead"], read["problemCount"]) == (13, 1)
    assert [(one["concept"], one["added"]) for one in read["counts"]] == [
        ("Unit", 3),
        ("Person", 3),
        ("Engagement", 3),
        ("Position", 3),
    ]
    assert read["startedAt"] <= read["finishedAt"]
    report = await hr.get(f"{accepted.headers['location']}/report")
    assert report.headers["content-type"] == "text/csv; charset=utf-8"
    assert report.headers["content-disposition"] == f'attachment; filename="import-{read["id"]}.csv"'
    rows = list(csv.DictReader(io.StringIO(report.content.decode("utf-8-sig"))))
    assert [(row["file"], row["line"], row["column"], row["code"]) for row in rows] == [
        ("persons.csv", "5", "Person", "duplicate_key")
    ]
    as_json = await hr.get(f"{accepted.headers['location']}/report", headers={"Accept": "application/json"})
    assert as_json.json()["import"] == read
    assert as_json.json()["problems"][0]["message"] == rows[0]["message"]


@pytest.mark.usefixtures("worker")
async def test_a_single_file_and_a_shipped_mapping_will_do(town: Municipality) -> None:
    system = town.client(None, Scope.PEOPLE_WRITE)
    header = "employee_number,gender,department,department_name,division,assignment_category,position_title"
    rows = f"{header},date_first_hired\n1,F,BUF,Skole,Leder,Fuldtid,Director,2012-08-01\n"
    files = {"file": ("whatever.csv", rows.encode(), "text/csv")}
    accepted = await system.post("/v1/imports", files=files, data={"mapping": "flat-example"})
    read = await finished(system, accepted.headers["location"])
    assert (read["state"], read["counts"][1]["added"]) == ("completed", 1)


@pytest.mark.usefixtures("worker")
async def test_a_dry_run_keeps_nothing_but_its_report(town: Municipality, tmp_path: Path) -> None:
    hr = town.client(None, Role.HR)
    accepted = await sent(hr, zipped(written(tmp_path)), dryRun="true")
    read = await finished(hr, accepted.headers["location"])
    assert (read["state"], read["dryRun"], read["counts"][0]["added"]) == ("completed", True, 3)
    assert (await hr.get("/v1/units")).json()["items"] == []


@pytest.mark.usefixtures("worker")
async def test_an_import_that_fails_says_why(town: Municipality, tmp_path: Path) -> None:
    hr = town.client(None, Role.HR)
    await finished(hr, (await sent(hr, zipped(written(tmp_path)))).headers["location"])
    gone = {"persons": ("-m;Mette;Møller;1990-03-31",), "engagements": ("-3;m;leaf;Lærer;1;2017-01-01;",)}
    less = zipped(written(tmp_path, **gone))

    refused = await finished(hr, (await sent(hr, less, snapshot="true")).headers["location"])
    assert (refused["state"], refused["failure"]["code"]) == ("failed", "snapshot_too_large")
    forced = await finished(hr, (await sent(hr, less, snapshot="true", share="0.5")).headers["location"])
    assert (forced["state"], forced["counts"][1]["ended"]) == ("completed", 1)
    damaged = await finished(hr, (await sent(hr, b"PK\x03\x04 not a zip")).headers["location"])
    assert (damaged["state"], damaged["failure"]["code"]) == ("failed", "missing_file")
    report = await hr.get(f"/v1/imports/{damaged['id']}/report", headers={"Accept": "application/json"})
    assert {one["code"] for one in report.json()["problems"]} == {"missing_file"}


@pytest.mark.usefixtures("worker")
async def test_an_idempotency_key_makes_it_repeatable(town: Municipality, tmp_path: Path) -> None:
    hr = town.client(None, Role.HR)
    export, key = zipped(written(tmp_path)), {"Idempotency-Key": "monday"}
    first = await sent(hr, export, headers=key)
    await finished(hr, first.headers["location"])
    again = await sent(hr, export, headers=key)
    assert (again.status_code, again.headers["location"]) == (202, first.headers["location"])
    assert again.headers["idempotency-replayed"] == "true"
    assert again.json()["state"] == "completed"
    other = await sent(hr, zipped(written(tmp_path, units=("x;Ny;top",))), headers=key)
    assert (other.status_code, other.json()["code"]) == (409, "idempotency_key_reused")
    assert len((await hr.get("/v1/imports")).json()["items"]) == 1


async def test_only_hr_and_whoever_may_write_people_import_and_read_imports(
    town: Municipality, other_town: Municipality, tmp_path: Path
) -> None:
    await town.person("Mette", await town.unit("Skolen"))
    export = zipped(written(tmp_path))
    made = await sent(town.client(None, Role.HR), export)
    for other in (town.client("Mette"), town.client(None, Role.TOP_MANAGEMENT), town.client(None, Role.ADMIN)):
        refused = await sent(other, export)
        assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")
        assert (await other.get("/v1/imports")).json()["items"] == []
        assert (await other.get(made.headers["location"])).status_code == 404
        assert (await other.get(f"{made.headers['location']}/report")).status_code == 404
    theirs = other_town.client(None, Role.HR)
    assert (await theirs.get(f"{made.headers['location']}/report")).status_code == 404
    without = httpx.AsyncClient(transport=town.transport, base_url="http://test")
    assert (await sent(without, export)).status_code == 401


BAD: list[tuple[dict[str, str], str, int, str]] = [
    ({"mapping": "nothing"}, "bad_mapping", 422, ""),
    ({"mapping": "name = 'x'"}, "bad_mapping", 422, ""),
    ({"mapping": " "}, "malformed", 422, "/mapping"),
    ({"dryRun": "yes"}, "malformed", 422, "/dryRun"),
    ({"share": "much"}, "malformed", 422, "/share"),
    ({"share": "2"}, "malformed", 422, "/share"),
    ({"share": "NaN"}, "malformed", 422, "/share"),
    ({"unknown": "x"}, "malformed", 422, "/unknown"),
]


@pytest.mark.parametrize(("fields", "code", "status", "pointer"), BAD)
async def test_a_form_that_asks_for_nonsense_is_refused_at_once(
    town: Municipality, fields: dict[str, str], code: str, status: int, pointer: str
) -> None:
    hr = town.client(None, Role.HR)
    refused = await sent(hr, b"x", **fields)
    assert (refused.status_code, refused.json()["code"]) == (status, code), refused.text
    assert not pointer or [one["pointer"] for one in refused.json()["errors"]] == [pointer]
    assert (await hr.get("/v1/imports")).json()["items"] == []


# Starlette leaves the file of a part that does not end to the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
async def test_a_body_that_is_no_form_is_refused(town: Municipality) -> None:
    hr = town.client(None, Role.HR)
    plain = await hr.post("/v1/imports", json={"mapping": "plan2learn"})
    assert (plain.status_code, plain.json()["code"]) == (415, "unsupported_media_type")
    kind = {"Content-Type": "multipart/form-data"}
    assert (await hr.post("/v1/imports", content=b"x", headers=kind)).status_code == 422
    kind = {"Content-Type": "multipart/form-data; boundary=b"}
    cut = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.zip"\r\n\r\nhalf a fi'
    assert (await hr.post("/v1/imports", content=cut, headers=kind)).status_code == 422
    fieldless = await hr.post("/v1/imports", files={"other": ("a.zip", b"x")}, data={"mapping": "plan2learn"})
    assert {one["pointer"] for one in fieldless.json()["errors"]} == {"/other", "/file"}


async def test_an_export_may_be_larger_than_other_bodies_but_not_than_its_own_limit(town: Municipality) -> None:
    settings = Settings(env="development", body_limit=1_000, upload_limit=100_000)
    transport = httpx.ASGITransport(application(town.rooms, settings))
    hr = town.client(None, Role.HR)
    async with httpx.AsyncClient(transport=transport, base_url="http://test", headers=hr.headers) as client:
        assert (await sent(client, b"x" * 50_000)).status_code == 202
        refused = await sent(client, b"x" * 150_000)
        assert (refused.status_code, refused.json()["code"]) == (413, "too_large")


async def test_uploads_do_not_stay_on_the_disk(
    town: Municipality, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    hr = town.client(None, Role.HR)
    await sent(hr, b"x", mapping="nothing")
    assert list(folder.iterdir()) == []
    async with town.rooms.imports.running():
        made = await sent(hr, zipped(written(tmp_path / "export")))
        await finished(hr, made.headers["location"])
        await asyncio.sleep(0.05)
        assert list(folder.iterdir()) == []


async def test_what_waits_when_the_service_stops_has_failed(town: Municipality, tmp_path: Path) -> None:
    hr = town.client(None, Role.HR)
    made = await sent(hr, zipped(written(tmp_path)))
    assert town.rooms.imports.waiting
    async with town.rooms.imports.running():
        pass  # stopped before the first turn of the loop
    read = (await hr.get(made.headers["location"])).json()
    assert (read["state"], read["failure"]["code"]) == ("failed", "interrupted")


async def test_no_more_exports_wait_than_there_is_room_for(town: Municipality, tmp_path: Path) -> None:
    hr, export = town.client(None, Role.HR), zipped(written(tmp_path))
    answers = [(await sent(hr, export)).status_code for _ in range(11)]
    assert answers[-1] == 409
