"""Everything that can be known through a candidacy, said about one person in words that stand nowhere else."""

from collections.abc import AsyncGenerator, Awaitable
from dataclasses import dataclass
from secrets import choice
from string import ascii_lowercase
from typing import Any
from uuid import UUID

import httpx
import pytest

from service.domain.actor import Role
from service.domain.catalogue import DUTIES
from service.embedded import EmbeddedPostgres
from service.repo.all_tables import METADATA
from service.repo.forgetting import belongings
from tests.everywhere import administrator
from tests.municipality import Municipality
from tests.selection import Selection

KINDS = ("motivation", "indstilling", "udtalelse", "vurdering", "afslag", "raad", "grund", "svar")


@dataclass(frozen=True)
class Told:
    """The candidacy of Mette, and every id and word that may not outlive it."""

    chosen: Selection
    candidacy: UUID
    ids: frozenset[UUID]
    texts: tuple[str, ...]

    @property
    def words(self) -> set[str]:
        return {*self.texts, *map(str, self.ids)}


@pytest.fixture
async def admin(postgres: EmbeddedPostgres, database: str, town: Municipality) -> AsyncGenerator[Any]:
    del town
    async with administrator(postgres, database) as connection:
        yield connection


async def told(chosen: Selection) -> Told:
    """Mette applies, is nominated, spoken of, assessed, declined, declined again, and read about."""
    town = chosen.town
    texts = tuple(f"{kind}{''.join(choice(ascii_lowercase) for _ in range(12))}" for kind in KINDS)
    mette, mads = town.client("Mette"), town.client("Mads")
    made = await mette.post(
        "/v1/candidacies",
        json={"cohortId": str(chosen.cohort), "motivation": f"Mit {texts[0]}."},
        headers={"Idempotency-Key": "mettes-ansoegning"},
    )
    url = made.headers["location"]
    person = str(town.people["Mette"])
    nominated = await mads.post(
        "/v1/nominations",
        json={"cohortId": str(chosen.cohort), "personId": person, "rationale": f"Hendes {texts[1]}."},
    )
    assert nominated.status_code == 201, nominated.text
    nomination = nominated.headers["location"]
    await _done(mette.post(f"{nomination}/accept", headers={"Idempotency-Key": "mettes-ja"}))
    await _done(mads.post(f"{url}/give-statement", json={"supports": True, "reason": f"Mit {texts[2]}."}))
    assign = f"{url}/assign-assessors"
    ids = [UUID(made.json()["id"]), UUID(nominated.json()["id"])]
    ids += await _assessors(chosen, assign, "Anna", "Per")
    ids += await _assessors(chosen, assign, "Anna", "Bo")
    for assessor in ("Anna", "Bo"):
        mine = (await town.client(assessor).get("/v1/assessments", params={"mine": "true"})).json()["items"]
        (open_one,) = [one["id"] for one in mine if one["submittedAt"] is None]
        listed = [
            {"competenceId": str(one), "score": 3, "reason": f"Mit {texts[3]}."} for one in await chosen.criteria()
        ]
        await _done(
            town.client(assessor).post(
                f"/v1/assessments/{open_one}/submit",
                json={"scores": listed},
                headers={"Idempotency-Key": f"vurdering-{assessor}"},
            )
        )
    await _done(chosen.hr.post(f"{url}/decline", json={"reason": f"Mit {texts[4]}.", "feedback": f"Mit {texts[5]}."}))
    ids.append(await _reconsidered(chosen, url, texts[6], texts[7]))
    await _read(chosen, url)
    return Told(chosen, UUID(made.json()["id"]), frozenset(ids), texts)


async def _done(answer: Awaitable[httpx.Response]) -> None:
    response = await answer
    assert response.status_code == 200, response.text


async def _reconsidered(chosen: Selection, url: str, grounds: str, answer: str) -> UUID:
    await _done(chosen.town.client("Mette").post(f"{url}/ask-reconsideration", json={"grounds": f"Min {grounds}."}))
    read = await chosen.hr.get(url, params={"expand": "reconsideration"})
    asked = read.json()["reconsideration"]["id"]
    answered = {"succeeds": False, "answer": f"Mit {answer}."}
    await _done(chosen.town.client("Tove", Role.HR).post(f"/v1/reconsiderations/{asked}/answer", json=answered))
    return UUID(asked)


async def _assessors(chosen: Selection, url: str, *names: str) -> list[UUID]:
    await _done(chosen.hr.post(url, json={"assessorIds": [str(chosen.town.people[one]) for one in names]}))
    read = await chosen.hr.get(url.removesuffix("/assign-assessors"), params={"expand": "assessments"})
    return [UUID(one["id"]) for one in read.json()["assessments"]]


async def _read(chosen: Selection, url: str) -> None:
    """Read what is sensitive, in every way there is."""
    for reader in (chosen.hr, chosen.top, chosen.town.client("Mette"), chosen.town.client("Anna")):
        assert (await reader.get(url)).status_code == 200
        assert (await reader.get("/v1/candidacies")).json()["items"]
        assert (await reader.get("/v1/assessments")).json()["items"]
    query = "{ candidacies { nodes { score assessments { nodes { scores { reason } mean } } } } }"
    assert "errors" not in (await chosen.hr.post("/graphql", json={"query": query})).json()


async def rows_of(admin: Any, candidacy: UUID) -> dict[str, int]:
    """How many rows each table has that cannot be without the candidacy."""
    counted: dict[str, int] = {}
    ids: dict[str, list[UUID]] = {"candidacy": [candidacy]}
    for child, column, parent in belongings():
        known = "id" if "id" in child.columns else column
        sql = f"SELECT {known} AS id FROM {child.name} WHERE {column} = ANY ($1::uuid[])"  # noqa: S608
        rows = await admin.fetch(sql, ids.get(parent.name, []))
        ids.setdefault(child.name, []).extend(row["id"] for row in rows)
        counted[child.name] = counted.get(child.name, 0) + len(rows)
    return counted


def tables_that_name_a_candidacy() -> set[str]:
    """Tables with a column that is called after it, whatever it points at."""
    return {
        table.name for table in METADATA.sorted_tables for one in table.columns if one.name.startswith("candidacy_")
    }


async def the_clock_looks(town: Municipality) -> None:
    """What is due is done."""
    for duty in DUTIES:
        await town.rooms.transactions.run(town.hr, duty)
