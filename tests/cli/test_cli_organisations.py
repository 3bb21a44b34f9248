"""An organisation is made once; whom it trusts is told with public keys only."""

from pathlib import Path
from uuid import UUID, uuid4

import orjson
import pytest
from joserfc.jwk import ECKey
from typer.testing import CliRunner

from service.cli import app
from tests.cli.programs import refusal, run


def create(slug: str, database: str) -> str:
    arguments = ["organisation", "create", slug, "--name", "Prøveby", "--country", "dk", "--language", "da"]
    result = CliRunner().invoke(app, arguments, env={"TALENTSPOR_DATABASE_URL": database})
    assert result.exit_code == 0, result.stderr
    return result.stdout


@pytest.fixture
def slug() -> str:
    return f"cli-{uuid4()}"


@pytest.mark.slow
def test_creating_prints_the_id_and_creating_again_is_refused_in_one_sentence(database: str, slug: str) -> None:
    arguments = ("organisation", "create", slug, "--name", "Prøveby", "--country", "dk", "--language", "da")

    first = run(*arguments, TALENTSPOR_DATABASE_URL=database)
    again = run(*arguments, TALENTSPOR_DATABASE_URL=database)

    assert first.returncode == 0
    assert UUID(first.stdout.strip()).version == 7
    assert not first.stderr
    assert again.returncode == 1
    assert again.stderr == f"There is an organisation {slug} already.\n"


@pytest.mark.parametrize("wrong", ["Havnsund", "-havnsund", "hav nsund", "ø", "a" * 64])
def test_a_slug_is_made_for_addresses(wrong: str) -> None:
    said = refusal("organisation", "create", "--name", "By", "--country", "dk", "--language", "da", "--", wrong)

    assert said.startswith("A slug has lower-case letters")


def test_an_unknown_time_zone_is_refused(slug: str) -> None:
    place = ("--country", "dk", "--language", "da", "--time-zone", "Europe/Havnsund")

    assert "Europe/Havnsund is no IANA time zone" in refusal("organisation", "create", slug, "--name", "By", *place)


def test_an_issuer_speaks_for_one_organisation(database: str, slug: str, tmp_path: Path) -> None:
    create(slug, database)
    keys = tmp_path / "keys.json"
    keys.write_bytes(orjson.dumps({"keys": [ECKey.generate_key("P-256").as_dict(private=False)]}))
    url = f"https://{slug}.example/"
    arguments = ["issuer", "add", slug, "--url", url, "--audience", "talentspor", "--jwks-file", str(keys)]
    claims = ["--roles-claim", "realm_access.roles", "--role", "HR-partner=hr", "--subject-claim", "upn"]

    added = CliRunner().invoke(app, [*arguments, *claims], env={"TALENTSPOR_DATABASE_URL": database})

    assert added.exit_code == 0, added.stderr
    assert "An organisation trusts this issuer already" in refusal(*arguments, TALENTSPOR_DATABASE_URL=database)


def test_an_issuer_of_an_unknown_organisation_is_refused(database: str, slug: str) -> None:
    place = ("--url", "https://by.example/", "--audience", "talentspor", "--jwks-url", "https://by.example/keys")

    assert refusal("issuer", "add", slug, *place, TALENTSPOR_DATABASE_URL=database).startswith(
        f"There is no organisation {slug}"
    )


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (orjson.dumps({"keys": [ECKey.generate_key("P-256").as_dict(private=True)]}), "a secret key"),
        (b'{"keys": []}', "no key"),
        (b'{"kty": "EC"}', "no JWK set"),
        (b"keys", "no JWK set"),
    ],
    ids=["secret", "none", "a lone key", "no JSON"],
)
def test_keys_that_do_not_serve_are_refused(
    database: str, slug: str, tmp_path: Path, content: bytes, complaint: str
) -> None:
    create(slug, database)
    keys = tmp_path / "keys.json"
    keys.write_bytes(content)
    place = ("--url", "https://by.example/", "--audience", "talentspor", "--jwks-file", str(keys))

    assert complaint in refusal("issuer", "add", slug, *place, TALENTSPOR_DATABASE_URL=database)


@pytest.mark.parametrize(
    "arguments",
    [
        ["--jwks-url", "https://by.example/keys", "--jwks-file", "keys.json"],
        [],
        ["--jwks-url", "https://by.example/keys", "--subject-field", "external_id"],
        ["--jwks-url", "https://by.example/keys", "--subject-source", "payroll"],
    ],
    ids=["two places of keys", "no keys", "an external id of no source", "a source without an external id"],
)
def test_what_does_not_go_together_is_refused(arguments: list[str]) -> None:
    refusal("issuer", "add", "by", "--url", "https://by.example/", "--audience", "talentspor", *arguments)


def test_a_role_that_nobody_can_be_given_is_refused(database: str, slug: str) -> None:
    create(slug, database)
    place = ("--url", "https://by.example/", "--audience", "talentspor", "--jwks-url", "https://by.example/keys")

    said = refusal("issuer", "add", slug, *place, "--role", "Alle=employee", TALENTSPOR_DATABASE_URL=database)

    assert "write THEIRS=OURS" in said
