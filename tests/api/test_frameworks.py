"""Leadership frameworks over REST: drafted, published, revised, and who reads what."""

import asyncio
from typing import Any
from uuid import UUID

import httpx
import pytest

from service.domain.actor import Role
from service.domain.errors import Conflict
from service.domain.frameworks.commands import DefineFramework, PublishFramework, define, publish
from service.domain.organisations.commands import ChangeOrganisation, change
from service.domain.organisations.model import Language
from tests.municipality import Municipality

LEVELS = ["ser det ikke", "ser det", "siger det", "gør det", "får andre til det"]
LISTENS = {"name": "Lytter", "description": "Hører efter", "levels": LEVELS}


async def _drafted(client: httpx.AsyncClient, **known: Any) -> dict[str, Any]:
    made = await client.post("/v1/frameworks", json={"name": "Ledelsesgrundlag", "competences": [LISTENS], **known})
    assert made.status_code == 201, made.text
    return made.json()


async def test_R3_hr_starts_from_the_signs_of_potential_and_adds_a_competence_of_its_own(town: Municipality) -> None:
    hr = town.client(None, Role.HR)
    draft = await _drafted(hr, startFrom="signs_of_potential")
    names = [one["name"] for one in draft["competences"]]
    assert names[0] == "Den ønskede tilgang til ledelse"
    assert names[-1] == "Lytter"
    assert len(names) == 7
    assert draft["competences"][-1]["levels"] == LEVELS
    assert (draft["state"], draft["edition"], draft["publishedOn"]) == ("draft", 1, None)
    assert draft["allowedActions"] == ["change", "publish"]


async def test_the_signs_come_in_the_language_of_the_organisation(town: Municipality) -> None:
    await town.run(change, town.organisation, ChangeOrganisation(default_language=Language.SV), None)
    draft = await _drafted(town.client(None, Role.HR), startFrom="signs_of_potential")
    assert draft["competences"][1]["name"] == "Strategisk förmåga"


async def test_a_draft_is_seen_by_hr_and_top_management_a_published_edition_by_everyone(town: Municipality) -> None:
    hr, sponsor = town.client(None, Role.HR), town.client(None, Role.TOP_MANAGEMENT)
    await town.person("Mette")
    mette = town.client("Mette")
    draft = await _drafted(hr)
    at = f"/v1/frameworks/{draft['id']}"
    assert (await sponsor.get(at)).status_code == 200
    assert (await mette.get(at)).status_code == 404
    assert (await mette.get("/v1/frameworks")).json()["items"] == []
    refused = await sponsor.post(f"{at}/publish", json={})
    assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")
    published = await hr.post(f"{at}/publish", json={})
    assert (published.status_code, published.json()["state"]) == (200, "published")
    read = (await mette.get(at)).json()
    assert read["publishedOn"] is not None
    assert read["allowedActions"] == []
    assert (await mette.post("/v1/frameworks", json={"name": "Mit eget"})).status_code == 403


async def test_a_published_edition_never_changes_it_is_revised(town: Municipality) -> None:
    hr = town.client(None, Role.HR)
    first = await _drafted(hr)
    at = f"/v1/frameworks/{first['id']}"
    await hr.post(f"{at}/publish", json={})
    refused = await hr.patch(at, json={"name": "Et andet"})
    assert (refused.status_code, refused.json()["code"]) == (409, "wrong_state")
    draft = (await hr.post(f"{at}/revise", json={})).json()
    assert (draft["edition"], draft["state"]) == (2, "draft")
    assert draft["competences"] == first["competences"]
    lasting = draft["competences"][0]["id"]
    better = [{**LISTENS, "id": lasting, "name": "Lytter godt"}, {**LISTENS, "name": "Handler"}]
    changed = await hr.patch(f"/v1/frameworks/{draft['id']}", json={"competences": better})
    assert changed.status_code == 200, changed.text
    assert [one["name"] for one in changed.json()["competences"]] == ["Lytter godt", "Handler"]
    assert changed.json()["competences"][0]["id"] == lasting
    assert (await hr.get(at)).json()["competences"] == first["competences"]


async def test_publishing_the_next_edition_retires_the_one_before_and_everyone_reads_both(town: Municipality) -> None:
    hr = town.client(None, Role.HR)
    first = await town.framework()
    draft = (await hr.post(f"/v1/frameworks/{first}/revise", json={})).json()
    assert (await hr.post(f"/v1/frameworks/{draft['id']}/publish", json={})).status_code == 200
    everyone = await town.client().get("/v1/frameworks", params={"sort": "-edition"})
    assert [(one["edition"], one["state"]) for one in everyone.json()["items"]] == [(2, "published"), (1, "retired")]
    again = await hr.post(f"/v1/frameworks/{first}/revise", json={})
    assert again.json()["edition"] == 3


async def test_of_two_editions_published_at_the_same_moment_one_stays(town: Municipality) -> None:
    drafts = [await town.run(define, DefineFramework(name="F", competences=())) for _ in range(3)]
    hr = town.client(None, Role.HR)
    for draft in drafts:
        await hr.patch(f"/v1/frameworks/{draft}", json={"competences": [LISTENS]})
    await asyncio.gather(*(town.run(publish, draft, PublishFramework(), None) for draft in drafts))
    listed = (await hr.get("/v1/frameworks", params={"sort": "edition"})).json()["items"]
    assert sorted(one["state"] for one in listed) == ["published", "retired", "retired"]
    assert [one["edition"] for one in listed] == [1, 2, 3]


async def test_a_framework_without_competences_is_not_published(town: Municipality) -> None:
    draft: UUID = await town.run(define, DefineFramework(name="Tomt"))
    with pytest.raises(Conflict, match="framework_without_competences"):
        await town.run(publish, draft, PublishFramework(), None)
    read = await town.client(None, Role.HR).get(f"/v1/frameworks/{draft}")
    assert read.json()["allowedActions"] == ["change"]


async def test_what_a_competence_needs_is_said_with_its_place(town: Municipality) -> None:
    hr = town.client(None, Role.HR)
    four = await hr.post("/v1/frameworks", json={"name": "F", "competences": [{**LISTENS, "levels": LEVELS[:4]}]})
    assert four.status_code == 422
    assert four.json()["errors"][0]["pointer"] == "/competences/0/levels"
    draft = await _drafted(hr)
    stranger = {**LISTENS, "id": draft["id"]}
    refused = await hr.patch(f"/v1/frameworks/{draft['id']}", json={"competences": [stranger]})
    assert (refused.status_code, refused.json()["code"]) == (422, "unknown_competence")
    assert refused.json()["errors"][0]["pointer"] == "/competences/0/id"
    esco = await hr.post("/v1/frameworks", json={"name": "F", "competences": [{**LISTENS, "escoUri": "https://x.y"}]})
    assert (esco.status_code, esco.json()["code"]) == (422, "not_an_esco_uri")


async def test_another_organisation_sees_no_framework(town: Municipality, other_town: Municipality) -> None:
    framework = await town.framework()
    hr = other_town.client(None, Role.HR)
    assert (await hr.get(f"/v1/frameworks/{framework}")).status_code == 404
    assert (await hr.post(f"/v1/frameworks/{framework}/revise", json={})).status_code == 404
    assert (await hr.get("/v1/frameworks")).json()["items"] == []
