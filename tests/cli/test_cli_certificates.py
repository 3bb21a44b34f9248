"""An organisation's signing key is made and renewed by whoever runs the service, and its secret is never shown."""

from uuid import uuid4

import pytest
from typer.testing import CliRunner

from service.cli import app
from tests.cli.programs import refusal

HERE = "https://talent.by.example"


def said(database: str, *arguments: str) -> list[str]:
    known = {"TALENTSPOR_DATABASE_URL": database, "TALENTSPOR_PUBLIC_URL": f"{HERE}/"}
    result = CliRunner().invoke(app, list(arguments), env=known)
    assert result.exit_code == 0, result.stderr
    return result.stdout.splitlines()


@pytest.fixture
def slug(database: str) -> str:
    made = f"cli-{uuid4()}"
    said(database, "organisation", "create", made, "--name", "Prøveby", "--country", "dk", "--language", "da")
    return made


def test_a_key_is_made_and_renewed_and_the_old_one_stays_published(database: str, slug: str) -> None:
    assert said(database, "certificate-key", "list", slug) == []
    (first,) = said(database, "certificate-key", "renew", slug)
    (second,) = said(database, "certificate-key", "renew", slug)
    assert first != second
    assert first.startswith(f"{HERE}/issuers/")
    listed = [line.split("  ") for line in said(database, "certificate-key", "list", slug)]
    assert [line[0] for line in listed] == [first, second]
    assert [line[2] == "signs" for line in listed] == [False, True]


def test_keys_of_an_unknown_organisation_are_refused(database: str) -> None:
    for verb in ("renew", "list"):
        told = refusal("certificate-key", verb, "nowhere", TALENTSPOR_DATABASE_URL=database)
        assert told.startswith("There is no organisation nowhere")
