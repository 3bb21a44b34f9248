"""The embedded Postgres keeps its data and leaves nothing running, wherever and by whomever it is started."""

import asyncio
import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncpg
import psutil
import pytest

import service.embedded.programs
from service.embedded import (
    EmbeddedPostgresError,
    EmbeddedPostgresMissingError,
    create_database,
    data_directory,
    embedded,
)
from tests.repo.embedded_folders import ask, holder, runs, servers, wait_until

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root has these troubles")


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder everybody may enter, unlike pytest's own: as root, Postgres runs as another account."""
    with _folder() as made:
        yield made


@pytest.fixture(scope="module")
def made_once() -> Iterator[Path]:
    """Data of a first start, which takes a while."""
    with _folder() as made:
        with embedded(made / "data"):
            pass
        yield made / "data"


@pytest.fixture
def data(folder: Path, made_once: Path) -> Path:
    """Data of an earlier start."""
    subprocess.run(["cp", "-a", made_once, folder / "data"], check=True)
    return folder / "data"


@pytest.mark.slow
@pytest.mark.parametrize(
    "environment",
    [{}, {"LANG": "da_DK.UTF-8"}, {"LC_ALL": "sv_SE.ISO-8859-1", "TZ": "Europe/Stockholm"}],
    ids=["none", "Danish", "Swedish and eight bits"],
)
def test_the_cluster_is_the_same_under_every_locale_of_the_environment(
    folder: Path,
    environment: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in [name for name in os.environ if name in {"LANG", "LANGUAGE", "TZ"} or name.startswith("LC_")]:
        monkeypatch.delenv(name)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    with embedded(folder / "data", durable=False) as postgres:
        databases = ask(
            postgres.admin_url,
            """SELECT array_agg(DISTINCT concat_ws(' ', pg_encoding_to_char(encoding), datlocprovider, datlocale,
                                                   datcollate, datctype)) FROM pg_database""",
        )
        letters = ask(postgres.service_url, "SELECT lower('ÆØÅÄÖ') || ('blåbær' ILIKE 'BLÅBÆR')::text")
        zone = ask(postgres.service_url, "SHOW timezone")

    assert databases == ["UTF8 b C.UTF-8 C C"]
    assert letters == "æøåäötrue"
    assert zone == "UTC"


@pytest.mark.slow
def test_the_service_may_use_its_database_but_rules_nothing(data: Path) -> None:
    with embedded(data, durable=False) as postgres:
        powers = ask(
            postgres.admin_url,
            """SELECT json_object_agg(rolname, rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb)::text
               FROM (SELECT * FROM pg_roles WHERE rolname LIKE 'talentspor%' ORDER BY rolname) AS role""",
        )
        ask(postgres.owner_url, "CREATE TABLE talent AS SELECT 'Signe' AS name")
        ask(postgres.service_url, "CREATE TEMPORARY TABLE staged (name text)")
        for refused in ("SELECT FROM talent", "CREATE TABLE mine (name text)"):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                ask(postgres.service_url, refused)

    assert json.loads(powers) == {"talentspor": False, "talentspor_owner": False}


@pytest.mark.slow
def test_a_migrated_database_can_be_cloned(data: Path) -> None:
    with embedded(data, durable=False) as postgres:
        ask(postgres.owner_url, "CREATE TABLE talent AS SELECT 'Signe' AS name")
        asyncio.run(create_database(postgres, 'a "clone"', template=postgres.database))

        assert ask(postgres.url("talentspor_owner", 'a "clone"'), "SELECT name FROM talent") == "Signe"
        assert ask(postgres.url("talentspor", 'a "clone"'), "SELECT current_database()") == 'a "clone"'


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    ["with a space", "Kommune's, 100 % æøå", "deep/" + "x" * 120],
    ids=["space", "punctuation", "longer than a socket's path"],
)
def test_it_runs_twice_in_a_row_under_any_path(folder: Path, name: str) -> None:
    identities: list[str] = []
    for _ in range(2):
        with embedded(folder / name) as postgres:
            identities.append(ask(postgres.admin_url, "SELECT system_identifier::text FROM pg_control_system()"))
            ask(postgres.owner_url, "CREATE TABLE IF NOT EXISTS talent (name text)")
            assert ask(postgres.admin_url, "SHOW fsync") == "on"
        assert servers(folder) == []
        assert not postgres.socket_dir.exists()

    assert identities[0] == identities[1]


@pytest.mark.slow
def test_a_killed_program_leaves_a_server_that_the_next_one_takes_over_with_every_row(data: Path) -> None:
    with holder(data) as (program, url):
        ask(url, "CREATE TABLE talent AS SELECT 'Signe' AS name")
        program.kill()
        program.wait()
    orphans = servers(data)
    assert orphans

    with embedded(data) as postgres:
        assert ask(postgres.admin_url, "SELECT name FROM talent") == "Signe"
        assert not set(orphans) & set(servers(data))
    assert servers(data) == []


@pytest.mark.slow
def test_a_power_cut_loses_no_committed_row(data: Path) -> None:
    with holder(data) as (program, url):
        ask(url, "CREATE TABLE talent AS SELECT 'Signe' AS name")
        program.kill()
        program.wait()
    for process in servers(data):
        os.kill(process, signal.SIGKILL)
    wait_until(lambda: servers(data) == [])

    with embedded(data) as postgres:
        assert ask(postgres.admin_url, "SELECT name FROM talent") == "Signe"


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=lambda how: how.name)
def test_a_stopped_program_leaves_no_process(data: Path, how: signal.Signals) -> None:
    with holder(data) as (program, _):
        assert servers(data)
        program.send_signal(how)
        program.wait()

        assert servers(data) == []


@pytest.mark.slow
def test_the_last_of_several_programs_stops_the_server_whoever_started_it(data: Path) -> None:
    with holder(data) as (first, url), embedded(data, durable=False) as postgres:
        assert postgres.admin_url == url
        first.terminate()
        first.wait()
        assert ask(url, "SHOW fsync") == "on"
        with holder(data) as (last, _):
            last.terminate()
            last.wait()
        assert ask(url, "SELECT 1") == 1
    assert servers(data) == []


@pytest.mark.slow
def test_a_server_that_died_under_others_is_not_started_behind_their_backs(data: Path) -> None:
    with holder(data):
        for process in servers(data):
            os.kill(process, signal.SIGKILL)
        wait_until(lambda: servers(data) == [])
        with pytest.raises(EmbeddedPostgresError, match="died while others use it"), embedded(data):
            pass


@pytest.mark.slow
def test_the_files_of_a_dead_machine_are_no_obstacle_when_their_process_id_is_taken(data: Path) -> None:
    with embedded(data) as postgres:
        pid_file = data / "postgres/postmaster.pid"
        left = pid_file.read_text()
        owner = pid_file.stat().st_uid
    with subprocess.Popen(["sleep", "60"], user=owner) as innocent:
        pid_file.write_text(left.replace(left.splitlines()[0], str(innocent.pid), 1))
        postgres.socket_dir.mkdir(mode=0o700)
        (postgres.socket_dir / ".s.PGSQL.5432.lock").write_text(pid_file.read_text())

        with embedded(data) as again:
            assert ask(again.admin_url, "SELECT 1") == 1

        assert innocent.poll() is None
        innocent.kill()


@pytest.mark.slow
def test_data_of_another_postgres_is_refused_in_its_own_words(data: Path) -> None:
    (data / "postgres/PG_VERSION").write_text("16\n")

    with pytest.raises(EmbeddedPostgresError, match="database files are incompatible"), embedded(data):
        pass


@pytest.mark.slow
def test_a_server_whose_folder_was_deleted_gives_way(data: Path) -> None:
    with holder(data) as (program, _):
        program.kill()
        program.wait()
    orphans = servers(data)
    shutil.rmtree(data)

    with embedded(data) as postgres:
        assert ask(postgres.admin_url, "SELECT 1") == 1
        assert not any(runs(orphan) for orphan in orphans)


@pytest.mark.slow
@as_root
def test_an_ordinary_user_runs_it_as_oneself(folder: Path) -> None:
    nobody = 65534
    folder.chmod(0o777)
    with holder(folder / "data", user=nobody, python=_python_for(nobody)) as (program, url):
        assert {psutil.Process(process).uids().real for process in servers(folder)} == {nobody}
        assert ask(url, "SELECT 1") == 1
        program.terminate()
        program.wait()

        assert servers(folder) == []
    assert {path.stat().st_uid for path in folder.rglob("*")} == {nobody}


@pytest.mark.slow
@as_root
def test_root_opens_no_folder_to_anybody(folder: Path) -> None:
    closed = folder / "closed"
    closed.mkdir(mode=0o700)

    with pytest.raises(EmbeddedPostgresError, match="TALENTSPOR_DATA_DIR"), embedded(closed / "data"):
        pass

    assert stat.S_IMODE(closed.stat().st_mode) == 0o700
    assert stat.S_IMODE(folder.stat().st_mode) == 0o711


@pytest.mark.slow
def test_a_folder_somebody_else_laid_in_the_way_is_refused_and_left_alone(data: Path) -> None:
    with embedded(data, durable=False) as postgres:
        pass
    elsewhere = data.parent / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / ".s.PGSQL.5432").touch()
    postgres.socket_dir.symlink_to(elsewhere)

    with pytest.raises(EmbeddedPostgresError, match="belongs to somebody else"), embedded(data):
        pass

    postgres.socket_dir.unlink()
    assert (elsewhere / ".s.PGSQL.5432").exists()


@pytest.mark.slow
@as_root
def test_root_can_keep_the_binaries_in_a_closed_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = service.embedded.programs._wheel()  # pyright: ignore[reportPrivateUsage]  # where the wheel is
    site = folder / "closed"
    site.mkdir(mode=0o700)
    for name in (found.name, f"{found.name}.libs"):
        if (found.parent / name).exists():
            shutil.copytree(found.parent / name, site / name, symlinks=True)
    monkeypatch.setattr(service.embedded.programs, "_wheel", lambda: site / found.name)
    monkeypatch.setattr(service.embedded.programs, "SYSTEM_FOLDER", folder / "system")

    with embedded(folder / "data", durable=False) as postgres:
        assert ask(postgres.admin_url, "SELECT 1") == 1

    assert stat.S_IMODE(site.stat().st_mode) == 0o700


def test_without_the_wheel_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(service.embedded.programs, "_WHEEL", "no_such_wheel")

    with pytest.raises(EmbeddedPostgresMissingError, match="TALENTSPOR_DATABASE_URL"), embedded(tmp_path):
        pass


def test_the_data_lives_where_the_setting_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TALENTSPOR_DATA_DIR", str(tmp_path / "data"))

    assert data_directory() == tmp_path / "data"


def test_root_keeps_the_data_of_each_checkout_apart_under_var_lib(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.delenv("TALENTSPOR_DATA_DIR", raising=False)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.chdir(tmp_path)
    here = data_directory()
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")

    assert here.parent == data_directory().parent == Path("/var/lib/talentspor")
    assert here != data_directory()


def test_an_ordinary_user_keeps_the_data_beside_the_code(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("TALENTSPOR_DATA_DIR", raising=False)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.chdir(tmp_path)

    assert data_directory() == tmp_path / ".talentspor"


@contextmanager
def _folder() -> Generator[Path]:
    made = Path(tempfile.mkdtemp(prefix="talentspor embedded "))
    made.chmod(0o711)
    yield made
    shutil.rmtree(made)


def _python_for(user: int) -> str:
    """A Python like ours that this user can run; ours may be in a home that is closed to them."""
    site = os.pathsep.join(path for path in sys.path if path.endswith("site-packages"))
    for python in (sys.executable, f"/usr/bin/python3.{sys.version_info.minor}"):
        try:
            tried = subprocess.run(
                [python, "-c", "import asyncpg, psutil, service.embedded"],
                env={"PYTHONPATH": f"{site}{os.pathsep}{Path(service.__file__ or '').parents[1]}"},
                user=user,
                extra_groups=[],
                check=False,
            )
        except OSError:
            continue
        if tried.returncode == 0:
            return python
    pytest.skip("no Python here that an ordinary user can run")
