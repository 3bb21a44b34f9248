"""Every operation of the contract by every role: who may, who may not, and that strangers reach nothing.

Generated from the contract: an operation or a view without an expectation fails.
"""

from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any, get_args, get_origin, get_type_hints
from uuid import UUID

import httpx
import pytest

from service.api.commands import without_unset
from service.api.rest.routes import method_of, path_of
from service.domain.actor import Role, Scope
from service.domain.archives.model import Archive
from service.domain.candidacies.answering import AcceptOffer, accept
from service.domain.catalogue import OPERATIONS, VIEWS
from service.domain.ids import new_id
from service.domain.names import camel
from service.domain.nominations.commands import AcceptNomination, Nominate, nominate
from service.domain.nominations.commands import accept as accept_nomination
from service.domain.operations import Operation
from service.domain.persons.commands import LeavePerson
from service.domain.persons.commands import leave as leave_organisation
from service.domain.placements.commands import ProposePlacement, propose
from service.domain.placements.model import PlacementKind
from service.domain.reconsiderations.model import Reconsideration
from service.domain.relations.commands import DeclareRelation, declare
from service.domain.reports.openness.figures import figures
from service.domain.reports.openness.model import SELECTION, Dimension, OpennessReport
from service.domain.reports.openness.wording import definitions, labels
from service.domain.reviews.commands import AskedQuestion, PlanReview, Respondent, plan
from service.domain.reviews.model import Relation, ReviewKind
from service.domain.tips.commands import LeaveTip, TellOfTip, tell
from service.domain.tips.commands import leave as leave_tip
from service.domain.unit_of_work import UnitOfWork
from service.main import Rooms
from tests.api.expectations import EVERYBODY, MAY, OF_ONES_OWN, SEES
from tests.api.world import of_everything
from tests.municipality import Municipality, municipality
from tests.selection import Selection, selection
from tests.undone import undone

REFUSED = {403, 404}
ROLES: dict[str, Role | Scope] = {
    "hr": Role.HR,
    "top": Role.TOP_MANAGEMENT,
    "council": Role.WORKS_COUNCIL,
    "admin": Role.ADMIN,
    "people:read": Scope.PEOPLE_READ,
    "people:write": Scope.PEOPLE_WRITE,
    "events:read": Scope.EVENTS_READ,
}
PERSONAS = (*EVERYBODY.split(), "nominee", "stranger")


@dataclass(frozen=True)
class World:
    """A municipality with one row of everything about Mette (Ole, where a candidacy is still to be decided)."""

    chosen: Selection
    stranger: Municipality
    transport: httpx.ASGITransport
    ids: dict[str, UUID]

    def person(self, persona: str, view: str) -> str | None:
        owner = "Ole" if view in {"Candidacy", "Assessment", "Nomination"} else "Mette"
        people = {
            "self": owner,
            "manager": "Mads",
            "director": "Dorthe",
            "assessor": "Anna",
            "host": "Per",
            "host_manager": "Tove",
            "colleague": "Uwe",
            "nominee": "Nina",
            "council": "Finn",
        }
        return "Birgit" if persona == "top" else people.get(persona)

    def client(self, persona: str, view: str) -> httpx.AsyncClient:
        town = self.stranger if persona == "stranger" else self.chosen.town
        roles = [ROLES[persona]] if persona in ROLES else [Role.HR] if persona == "stranger" else []
        found = town.client(self.person(persona, view), *roles)
        return httpx.AsyncClient(transport=self.transport, base_url="http://test", headers=found.headers)


@pytest.fixture(scope="module")
async def world(joined: Rooms) -> Any:
    async with municipality(joined) as town, municipality(joined) as stranger:
        chosen = await selection(town)
        for name, unit in (
            ("Uwe", chosen.technics),
            ("Finn", chosen.technics),
            ("Nina", chosen.team),
            ("Gone", chosen.team),
        ):
            await town.person(name, unit)
        people = town.people
        ids: dict[str, UUID] = dict.fromkeys(("Me", "Labels", "Organisation"), town.organisation)
        accepted = await chosen.offered("Mette", "Mads")
        await town.run(accept, accepted, AcceptOffer(), None, actor=town.actor("Mette"))
        ids["Candidacy"] = await chosen.supported("Ole", "Mads")
        ids["Assessment"] = await chosen.assessment(ids["Candidacy"], "Anna")
        for key, name in (("nomination", "Nina"), ("Nomination", "Ole")):
            wanted = Nominate(cohort_id=chosen.cohort, person_id=people[name], rationale="Ser mennesker.")
            ids[key] = await town.run(nominate, wanted, actor=town.actor("Mads"))
        await town.run(accept_nomination, ids["Nomination"], AcceptNomination(), None, actor=town.actor("Ole"))
        tip = LeaveTip(person_id=people["Mette"], reason="Samler folk.")
        ids["Tip"] = await town.run(leave_tip, tip, actor=town.actor("Finn", Role.WORKS_COUNCIL))
        await town.run(tell, ids["Tip"], TellOfTip(), None)
        close = DeclareRelation(other_person_id=people["Nina"])
        ids["DeclaredRelation"] = await town.run(declare, close, actor=town.actor("Mette"))
        ids["Reconsideration"] = await _asked_again(chosen, accepted)
        today = joined.database.clock().date()
        ids["Placement"] = await town.run(
            propose,
            ProposePlacement(
                kind=PlacementKind.INTERNSHIP,
                person_id=people["Mette"],
                host_unit_id=chosen.technics,
                host_supervisor_id=people["Per"],
                start_on=today + timedelta(days=10),
                end_on=today + timedelta(days=40),
            ),
        )
        respondents = (
            Respondent(person_id=people["Mette"], relation=Relation.SELF),
            Respondent(person_id=people["Mads"], relation=Relation.MANAGER),
        )
        ids["Review"] = await town.run(
            plan,
            PlanReview(
                kind=ReviewKind.CHECK_IN,
                person_id=people["Mette"],
                questions=(AskedQuestion(key="wish", text="Hvad vil du?"),),
                respondents=respondents,
                due_on=today + timedelta(days=20),
            ),
        )
        await town.run(leave_organisation, people["Gone"], LeavePerson(on=today, reason="Flyttet"), None)
        hr = town.client(None, Role.HR)
        await hr.get(f"/v1/persons/{people['Gone']}")
        await town.rooms.database.fetch_row(
            town.organisation,
            "INSERT INTO access_log (organisation_id, id, read_at, reader, concept, resource_id, person_id, fields)"
            " VALUES ($1, gen_random_uuid(), now(), 'hr', 'Person', $2, $2, '{leftReason}') RETURNING id",
            [town.organisation, people["Mette"]],
        )
        await _template(town, chosen)
        ids |= {"Unit": chosen.team, "Person": people["Mette"], "Cohort": chosen.cohort}
        for view, query in {
            "Programme": "",
            "ProgrammeTemplate": "state=own",
            "Framework": "",
            "Position": "",
            "Event": "",
            "Engagement": f"personId={people['Mette']}",
            "Talent": f"personId={people['Mette']}",
            "Participation": f"personId={people['Mette']}",
            "AccessLogEntry": f"personId={people['Mette']}",
        }.items():
            listed = await hr.get(f"/v1/{VIEWS[view].path}?first=1&{query}")
            ids[view] = UUID(listed.json()["items"][0]["id"])
        ids |= await of_everything(town, chosen, ids, joined.database.clock())
        hers = {"reviewId": str(ids["Review"]), "respondentId": str(people["Mette"])}
        mine = await town.client("Mette").get("/v1/review-responses", params=hers)
        ids["ReviewResponse"] = UUID(mine.json()["items"][0]["id"])
        ids["Import"] = await _imported(town)
        ids["Archive"] = await town.run(_archived)
        ids["OpennessReport"] = await town.run(_reported)
        yield World(chosen, stranger, undone(joined), ids)


async def _template(town: Municipality, chosen: Selection) -> None:
    hr = town.client(None, Role.HR)
    programme = (await hr.get(f"/v1/cohorts/{chosen.cohort}")).json()["programmeId"]
    module = {"title": "Internat", "learningForms": ["teaching"], "days": 2}
    await hr.post(f"/v1/programmes/{programme}/adjust", json={"modules": [module]})
    saved = await hr.post("/v1/programme-templates", json={"programmeId": programme})
    assert saved.status_code == 201, saved.text


async def _asked_again(chosen: Selection, candidacy: UUID) -> UUID:
    """As if Mette had been declined before she was admitted."""

    async def work(uow: UnitOfWork) -> UUID:
        asked = Reconsideration(
            id=new_id(),
            candidacy_id=candidacy,
            person_id=chosen.town.people["Mette"],
            cohort_id=chosen.cohort,
            grounds="Se på punkt to igen.",
            due_on=uow.today + timedelta(days=14),
        )
        return (await uow.reconsiderations.add(asked, "asked")).id

    return await chosen.town.rooms.transactions.run(chosen.town.hr, work)


async def _archived(uow: UnitOfWork) -> UUID:
    return (await uow.archives.add(Archive(id=new_id(), candidacies=1, confirm_by=uow.today), "opened")).id


async def _reported(uow: UnitOfWork) -> UUID:
    counted = {one: dict[str, tuple[int, ...]]() for one in Dimension}
    total, dimensions = figures(counted, SELECTION, 5, labels())
    report = OpennessReport(
        id=new_id(),
        name="Hold",
        as_of=uow.now,
        threshold=5,
        total=total,
        dimensions=dimensions,
        definitions=definitions(5),
        counted=counted,
    )
    return (await uow.openness_reports.add(report, "made")).id


async def _imported(town: Municipality) -> UUID:
    hr = town.client(None, Role.HR)
    listed = await hr.get("/v1/imports")
    if not listed.json()["items"]:
        file = ("people.csv", b"a,b\n1,2\n", "text/csv")
        made = await hr.post("/v1/imports", files={"file": file}, data={"mapping": "flat-example"})
        assert made.status_code == 202, made.text
        return UUID(made.json()["id"])
    return UUID(listed.json()["items"][0]["id"])


def body_of(world: World, operation: Operation) -> dict[str, Any]:
    """A well-formed body: every required field, ids of the world."""
    return filled(world, operation.command, operation)


def filled(world: World, kind: type[Any], operation: Operation) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {
        camel(one.name): value_of(world, one.name, without_unset(hints[one.name]), operation)
        for one in fields(kind)
        if one.default is MISSING and one.default_factory is MISSING
    }


def value_of(world: World, name: str, hint: Any, operation: Operation) -> Any:
    origin, inside = get_origin(hint), get_args(hint)
    if origin in {tuple, list}:
        several = operation.mutation == "assignAssessors"
        one = value_of(world, name.removesuffix("s"), inside[0], operation)
        return [one, str(world.chosen.town.people["Bo"])] if several else [one]
    if isinstance(hint, type) and is_dataclass(hint):
        return filled(world, hint, operation)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return next(iter(hint)).value
    people = world.chosen.town.people
    ids = {
        "other_person_id": people["Nina"],
        "person_id": people["Uwe" if operation.mutation == "appoint" else "Mette"],
        "unit_id": world.chosen.team,
        "host_unit_id": world.chosen.technics,
        "assessor_id": people["Anna"],
        "programme_id": world.ids["Programme"],
        "template_id": world.ids["ProgrammeTemplate"],
        "framework_id": world.ids["Framework"],
        "cohort_id": world.chosen.cohort,
        "participation_id": world.ids["Participation"],
        "project_id": world.ids["Project"],
    }
    if operation.mutation == "nominate" and name == "person_id":
        return str(people["Nina"])
    day = date(2027, 1, 1) if name.startswith("end") else date(2026, 12, 1)
    samples: dict[Any, Any] = {
        UUID: str(ids.get(name, world.ids["Person"])),
        str: "Et ord",
        int: 3,
        bool: True,
        date: day.isoformat(),
        datetime: "2026-12-01T12:00:00Z",
        Decimal: "1",
    }
    return samples[hint]


async def attempted(world: World, operation: Operation, persona: str) -> httpx.Response:
    view = operation.view.name
    target = world.ids["nomination"] if "Nomination" in operation.mutation else world.ids[view]
    url = path_of(operation).replace("{id}", str(target))
    return await world.client(persona, view).request(method_of(operation), url, json=body_of(world, operation))


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: one.mutation)
async def test_who_may_do_it(world: World, operation: Operation) -> None:
    may: list[str] = []
    for persona in PERSONAS:
        answer = await attempted(world, operation, persona)
        assert answer.status_code < 500, (persona, answer.text)
        assert answer.status_code != 422 or answer.json()["code"] != "malformed", (persona, answer.text)
        if answer.status_code not in REFUSED and persona != "stranger":
            may.append(persona)
    expected = set(MAY[operation.mutation].split())
    assert set(may) - {"nominee"} | (set(may) & expected) == expected


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: one.mutation)
async def test_a_stranger_reaches_nothing_of_it(world: World, operation: Operation) -> None:
    answer = await attempted(world, operation, "stranger")
    if operation.mutation in OF_ONES_OWN:
        return
    assert answer.status_code in {*REFUSED, 422}, answer.text


@pytest.mark.parametrize("view", VIEWS.values(), ids=lambda one: one.name)
async def test_who_sees_it_at_either_door(world: World, view: Any) -> None:
    sees: dict[str, set[str]] = {"one": set(), "list": set(), "node": set(), "graphql": set()}
    target = str(world.ids[view.name])
    single = view.name[:1].lower() + view.name[1:]
    for persona in PERSONAS[:-2]:
        client = world.client(persona, view.name)
        if view.singleton:
            if (await client.get(f"/v1/{view.path}")).status_code == 200:
                for way in sees.values():
                    way.add(persona)
            continue
        if (await client.get(f"/v1/{view.path}/{target}")).status_code == 200:
            sees["one"].add(persona)
        if (await client.get(f"/v1/{view.path}", params={"ids": target})).json()["items"]:
            sees["list"].add(persona)
        query = f'{{ it: {single}(id: "{target}") {{ id }} node(id: "{target}") {{ id }} }}'
        found = (await client.post("/graphql", json={"query": query})).json()["data"]
        sees["graphql"] |= {persona} if found["it"] else set()
        sees["node"] |= {persona} if found["node"] else set()
    expected = set(SEES[view.name].split())
    assert sees == dict.fromkeys(sees, expected)


@pytest.mark.parametrize("view", [one for one in VIEWS.values() if not one.singleton], ids=lambda one: one.name)
async def test_a_stranger_sees_nothing_of_it_at_either_door(world: World, view: Any) -> None:
    target = str(world.ids[view.name])
    stranger = world.client("stranger", view.name)
    assert (await stranger.get(f"/v1/{view.path}/{target}")).status_code == 404
    listed = (await stranger.get(f"/v1/{view.path}", params={"first": 200})).json()["items"]
    assert target not in {one["id"] for one in listed}
    single = view.name[:1].lower() + view.name[1:]
    query = f'{{ it: {single}(id: "{target}") {{ id }} node(id: "{target}") {{ id }} }}'
    assert (await stranger.post("/graphql", json={"query": query})).json()["data"] == {"it": None, "node": None}


def test_every_operation_and_every_view_has_an_expectation() -> None:
    assert {one.mutation for one in OPERATIONS} == set(MAY)
    assert set(VIEWS) == set(SEES)
