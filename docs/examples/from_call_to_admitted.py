"""From a call to who is admitted, over REST: 67 applicants for 15 places, five reserved for each of three departments.

The figures are those of a Norwegian municipality. The people are those of an export with one row per employee, such
as `montgomery/employees.csv`; run it against a new organisation:

    talentspor organisation create example --name "Example" --country no --language nb
    python from_call_to_admitted.py http://127.0.0.1:8000 employees.csv --organisation example

Each step says what it does. Where people act, their own token is used: nothing here is done by a super-user.
"""

import argparse
import asyncio
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx

DEPARTMENTS = {"HHS": 25, "POL": 22, "DOT": 20}
"""Department → how many apply from it: 67 together."""
PLACES, RESERVED = 15, 5
ASSESSORS_FROM = "FIN"

Tokens = Callable[[str | None, str | None], str]
"""A token for (role, external id of a person); either may be missing."""


class Municipality:
    """The API as somebody sees it: a role, a person, or both."""

    def __init__(self, client: httpx.AsyncClient, tokens: Tokens) -> None:
        self.client = client
        self.tokens = tokens
        self.known: dict[tuple[str | None, str | None], str] = {}

    async def ask(
        self, method: str, path: str, role: str | None = None, person: str | None = None, **given: Any
    ) -> httpx.Response:
        """One request by somebody."""
        if (role, person) not in self.known:
            self.known[role, person] = await asyncio.to_thread(self.tokens, role, person)
        headers = {"Authorization": f"Bearer {self.known[role, person]}", **given.pop("headers", {})}
        return await self.client.request(method, f"/v1/{path}", headers=headers, **given)

    async def read(self, path: str, role: str | None = "hr", person: str | None = None, **query: Any) -> Any:
        """What a GET answers."""
        return self._told(await self.ask("GET", path, role, person, params=query))

    async def do(self, path: str, role: str | None = "hr", person: str | None = None, **body: Any) -> Any:
        """What a POST answers."""
        return self._told(await self.ask("POST", path, role, person, json=body))

    @staticmethod
    def _told(answer: httpx.Response) -> Any:
        if answer.is_error:
            raise SystemExit(f"{answer.request.method} {answer.request.url}: {answer.text}")
        return answer.json()


async def import_people(city: Municipality, export: Path) -> None:
    """HR hands in the export, and waits until it is in."""
    files = {"file": (export.name, await asyncio.to_thread(export.read_bytes), "text/csv")}
    asked = await city.ask("POST", "imports", "hr", files=files, data={"mapping": "flat-example"})
    run = asked.json()
    while run["state"] in {"queued", "running"}:
        await asyncio.sleep(0.2)
        run = await city.read(f"imports/{run['id']}")
    print(f"imported: {run['rowsRead']} rows, {run['problemCount']} problems")


async def people_of(city: Municipality, department: str, count: int) -> list[Any]:
    """So many employees of a department who have a nearest manager to speak for them."""
    (unit,) = (await city.read("units", externalId=department))["items"]
    found: list[Any] = []
    query = {"withinUnitId": unit["id"], "first": 100, "expand": "nearestManager"}
    page = await city.read("persons", **query)
    while True:
        found += [{**one, "department": unit["id"]} for one in page["items"] if one["nearestManager"]]
        if len(found) >= count or not page["page"]["hasNextPage"]:
            return found[:count]
        page = await city.read("persons", **query, after=page["page"]["endCursor"])


async def open_call(city: Municipality, departments: list[str]) -> tuple[str, str]:
    """The framework, a programme that top management endorses and the works council has heard of, and its cohort."""
    framework = await city.do("frameworks", name="Lederplattform", startFrom="signs_of_potential")
    await city.do(f"frameworks/{framework['id']}/publish")
    programme = await city.do(
        "programmes",
        name="På vei mot ledelse",
        purpose="Femten nye ledere til tre etater.",
        level="pre_leader",
        mix="cross_disciplinary",
        frameworkId=framework["id"],
    )
    soon = time.time() + 30 * 86_400
    cohort = await city.do(
        "cohorts",
        programmeId=programme["id"],
        name="Kull 1",
        capacity=PLACES,
        reserved=[{"unitId": one, "seats": RESERVED} for one in departments],
        applyBy=time.strftime("%Y-%m-%dT12:00:00Z", time.gmtime(soon)),
        startsOn=time.strftime("%Y-%m-%d", time.gmtime(soon + 30 * 86_400)),
    )
    (sponsor, *_) = await people_of(city, "CEX", 1)
    await city.do(f"programmes/{programme['id']}/endorse", "top_management", sponsor["externalId"])
    heard = {"heldOn": time.strftime("%Y-%m-%d", time.gmtime(time.time() - 7 * 86_400)), "reference": "MBA, sak 3"}
    await city.do(f"programmes/{programme['id']}/record-consultation", "works_council", **heard)
    await city.do(f"programmes/{programme['id']}/open")
    return programme["id"], cohort["id"]


async def apply_and_support(city: Municipality, cohort: str, applicants: list[Any]) -> dict[str, Any]:
    """Everybody applies for themselves, and their nearest manager says what they think of it. Candidacy → applicant."""
    candidacies: dict[str, Any] = {}
    for place, one in enumerate(applicants):
        motivation = "Jeg vil gjerne ta ansvar for at flere lykkes."
        made = await city.do("candidacies", None, one["externalId"], cohortId=cohort, motivation=motivation)
        candidacies[made["id"]] = one
        said = {"supports": place % 9 != 0, "reason": "Ser helheten." if place % 9 else "Bør vente et år."}
        manager = one["nearestManager"]["externalId"]
        await city.do(f"candidacies/{made['id']}/give-statement", None, manager, **said)
    return candidacies


async def assess(city: Municipality, programme: str, candidacies: dict[str, Any]) -> None:
    """Two assessors from another department each score every criterion, with a reason, blind to the other."""
    assessors = await people_of(city, ASSESSORS_FROM, 2)
    criteria = [one["competenceId"] for one in (await city.read(f"programmes/{programme}"))["criteria"]]
    await city.do(f"programmes/{programme}/start-selecting")
    for candidacy in candidacies:
        await city.do(f"candidacies/{candidacy}/assign-assessors", assessorIds=[one["id"] for one in assessors])
    for which, assessor in enumerate(assessors):
        for place, candidacy in enumerate(candidacies):
            mine = {"candidacyId": candidacy, "mine": "true"}
            (assessment,) = (await city.read("assessments", None, assessor["externalId"], **mine))["items"]
            scores = [
                {"competenceId": one, "score": 1 + (place * 7 + i * (which + 1)) % 5, "reason": "Vist i samtalen."}
                for i, one in enumerate(criteria)
            ]
            await city.do(f"assessments/{assessment['id']}/submit", None, assessor["externalId"], scores=scores)


async def decide(city: Municipality, candidacies: dict[str, Any]) -> None:
    """HR offers the best five of each department a place, lets the next wait, and tells the others what to work on."""
    ranked: dict[str, list[str]] = {}
    scores = {one: (await city.read(f"candidacies/{one}"))["score"] for one in candidacies}
    for one in sorted(candidacies, key=lambda one: (-scores[one], one)):
        ranked.setdefault(candidacies[one]["department"], []).append(one)
    for best in ranked.values():
        for one in best[:RESERVED]:
            await city.do(f"candidacies/{one}/offer", reason="Blant de fem best vurderte fra etaten.")
    one_too_many = next(iter(ranked.values()))[RESERVED]
    refused = await city.ask("POST", f"candidacies/{one_too_many}/offer", "hr", json={"reason": "En til."})
    print(f"a sixteenth offer: {refused.status_code} {refused.json()['code']}")
    for best in ranked.values():
        await city.do(f"candidacies/{best[RESERVED]}/waitlist", reason="Neste fra etaten.")
        for one in best[RESERVED + 1 :]:
            why, advice = "Andre var sterkere denne gangen; søk igjen.", "Led et prosjekt på tvers av etater først."
            await city.do(f"candidacies/{one}/decline", reason=why, feedback=advice)


async def answer(city: Municipality, cohort: str, candidacies: dict[str, Any]) -> None:
    """Fourteen accept; one turns down, and the next from the same department is offered the place and takes it."""
    offered = [one for one in candidacies if (await city.read(f"candidacies/{one}"))["state"] == "offered"]
    turning_down, *accepting = offered
    for one in accepting:
        await city.do(f"candidacies/{one}/accept", None, candidacies[one]["externalId"])
    await city.do(f"candidacies/{turning_down}/turn-down", None, candidacies[turning_down]["externalId"])
    (next_one,) = (await city.read("candidacies", cohortId=cohort, state="offered"))["items"]
    await city.do(f"candidacies/{next_one['id']}/accept", None, candidacies[next_one["id"]]["externalId"])


async def run(client: httpx.AsyncClient, export: Path, tokens: Tokens) -> dict[str, Any]:
    """The whole of it; answers who was admitted, by department, and the openness report."""
    city = Municipality(client, tokens)
    await import_people(city, export)
    applicants = [one for name, count in DEPARTMENTS.items() for one in await people_of(city, name, count)]
    departments = list(dict.fromkeys(one["department"] for one in applicants))
    programme, cohort = await open_call(city, departments)
    candidacies = await apply_and_support(city, cohort, applicants)
    print(f"{len(candidacies)} applied")
    await assess(city, programme, candidacies)
    await decide(city, candidacies)
    await answer(city, cohort, candidacies)
    await city.do(f"programmes/{programme}/start")
    admitted = (await city.read("participations", cohortId=cohort, expand="candidacy"))["items"]
    by_department = {one: sum(it["candidacy"]["administrationId"] == one for it in admitted) for one in departments}
    print(f"admitted: {list(by_department.values())}")
    report = await city.do("openness-reports", "works_council", name="Kull 1", programmeIds=[programme])
    for stage in report["total"]:
        print(f"{stage['stage']:>10}: {stage['count']} ({stage['percent']} %)")
    return {"applied": len(candidacies), "admitted": by_department, "report": report}


def development_tokens(organisation: str) -> Tokens:
    """Tokens of the development issuer."""

    def token(role: str | None, person: str | None) -> str:
        words = ["--organisation", organisation]
        words += ["--role", role] if role else []
        words += ["--person", person] if person else []
        done = subprocess.run(["talentspor", "token", *words], check=True, capture_output=True, text=True)
        return done.stdout.strip()

    return token


async def main() -> None:
    """Run it against a service that listens."""
    asked = argparse.ArgumentParser(description="67 applicants for 15 places, over REST.")
    asked.add_argument("address")
    asked.add_argument("export", type=Path)
    asked.add_argument("--organisation", required=True)
    given = asked.parse_args()
    async with httpx.AsyncClient(base_url=given.address, timeout=60) as client:
        await run(client, given.export, development_tokens(given.organisation))


if __name__ == "__main__":
    asyncio.run(main())
