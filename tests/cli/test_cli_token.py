"""`talentspor token` prints a token that holds, and nothing else; where the development issuer is not, it refuses."""

import stat
from pathlib import Path
from uuid import UUID

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey
from typer.testing import CliRunner

from service.cli import app
from service.development import issuer_key
from tests.cli.programs import refusal, run
from tests.municipality import Municipality


@pytest.fixture
def own(database: str, tmp_path: Path) -> dict[str, str]:
    """The environment of a machine where the development issuer is."""
    return {
        "TALENTSPOR_ENV": "development",
        "TALENTSPOR_DATABASE_URL": database,
        "TALENTSPOR_DATA_DIR": str(tmp_path / "data"),
    }


async def slug_of(town: Municipality) -> str:
    async with town.rooms.database.transaction(town.organisation) as connection:
        return await connection.fetchval("SELECT slug FROM organisation")


@pytest.mark.slow
async def test_a_token_is_all_that_stands_on_standard_output(own: dict[str, str], town: Municipality) -> None:
    slug = await slug_of(town)

    ended = run("token", "--role", "hr", "--scope", "people:read", "--organisation", slug, **own)

    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.count("\n") == 1
    claims = jwt.decode(ended.stdout.strip(), issuer_key(Path(own["TALENTSPOR_DATA_DIR"]))).claims
    assert claims["organisation"] == str(town.organisation)
    assert (claims["roles"], claims["scope"]) == (["hr"], "people:read")


@pytest.mark.slow
async def test_a_person_is_found_by_mail_in_any_case_and_by_external_id(
    own: dict[str, str], town: Municipality
) -> None:
    signe = await town.person("Signe Holm", email="signe@by.example", source="payroll", external_id="s-1")
    slug = await slug_of(town)
    key = issuer_key(Path(own["TALENTSPOR_DATA_DIR"]))

    for name in ("SIGNE@by.example", "s-1"):
        ended = run("token", "--person", name, "--organisation", slug, **own)
        assert UUID(jwt.decode(ended.stdout.strip(), key).claims["person"]) == signe, ended.stderr


@pytest.mark.slow
async def test_somebody_unknown_or_ambiguous_gets_no_token(own: dict[str, str], town: Municipality) -> None:
    for source in ("payroll", "school"):
        await town.person("Signe Holm", source=source, external_id="1")
    slug = await slug_of(town)

    unknown = run("token", "--person", "nobody@by.example", "--organisation", slug, **own)
    ambiguous = run("token", "--person", "1", "--organisation", slug, **own)

    assert unknown.stderr == "Nobody there has the email address or external id nobody@by.example.\n"
    assert ambiguous.stderr == "More than one there has the email address or external id 1.\n"
    assert not unknown.stdout + ambiguous.stdout


def test_an_unknown_organisation_is_named(own: dict[str, str]) -> None:
    assert refusal("token", "--role", "hr", "--organisation", "atlantis", **own).startswith(
        "There is no organisation atlantis"
    )


@pytest.mark.parametrize("stated", [{}, {"TALENTSPOR_ENV": "production"}], ids=["by default", "said so"])
def test_in_production_there_is_no_development_issuer(own: dict[str, str], stated: dict[str, str]) -> None:
    del own["TALENTSPOR_ENV"]

    said = refusal("token", "--role", "hr", **own, **stated)

    assert said == "The development issuer exists only where TALENTSPOR_ENV=development."
    assert not Path(own["TALENTSPOR_DATA_DIR"]).exists()


@pytest.mark.parametrize("arguments", [[], ["--role", "employee"]], ids=["nobody", "an employee without a name"])
def test_a_token_for_nobody_is_refused(own: dict[str, str], arguments: list[str]) -> None:
    assert "--person" in refusal("token", *arguments, **own)


def test_an_unknown_role_is_refused_with_the_roles_there_are() -> None:
    result = CliRunner().invoke(app, ["token", "--role", "mayor"])

    assert result.exit_code == 2
    assert "top_management" in result.stderr


def test_the_key_of_the_issuer_is_made_once_and_read_by_nobody_else(tmp_path: Path) -> None:
    first, again = issuer_key(tmp_path / "data"), issuer_key(tmp_path / "data")

    assert first.as_dict(private=True) == again.as_dict(private=True)
    assert isinstance(first, ECKey)
    (file,) = (tmp_path / "data").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
