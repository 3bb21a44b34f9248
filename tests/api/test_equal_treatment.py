"""Birth date and gender are never shown to assessors: every path of the contract, walked from what one of them sees.

There is no photo anywhere in the contract; a field of that name, or a new one of its kind, would fail here too.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any, cast

import httpx
import pytest

from service.api.selections import value_object
from service.domain.actor import Role
from service.domain.catalogue import VIEWS
from service.domain.names import camel
from service.domain.nominations.commands import AcceptNomination, Nominate, nominate
from service.domain.nominations.commands import accept as accept_nomination
from service.domain.persons.model import Gender
from service.domain.reading import Field, One, View
from tests.municipality import Municipality
from tests.selection import Selection, selection

HIDDEN = {"birthDate", "birthYear", "gender", "photo", "age", "pronouns"}
BORN, GENDER = date(1988, 4, 12), Gender.FEMALE
DEEP = 2
"""Relations one behind the other: who reads a field is a matter of the row, and no longer way adds anything."""

LISTED = [view for view in VIEWS.values() if not view.singleton]


def test_the_contract_shows_age_and_gender_on_persons_alone_and_no_photo() -> None:
    shown = {(view.name, name) for view in VIEWS.values() for name in view.all_fields if name in HIDDEN}
    assert shown == {("Person", "birthDate"), ("Person", "birthYear"), ("Person", "gender")}


@pytest.fixture
async def chosen(town: Municipality) -> Selection:
    """Anna assesses Ida, who applied and was nominated; her manager gave a statement, Bo has assessed her."""
    found = await selection(town)
    known: dict[str, Any] = {"birth_date": BORN, "gender": GENDER}
    await town.person("Ida", found.team, **known)
    candidacy = await found.supported("Ida", "Mads")
    wish = Nominate(cohort_id=found.cohort, person_id=town.people["Ida"], rationale="Har overblik.")
    nomination = await town.run(nominate, wish, actor=town.actor("Mads"))
    await town.run(accept_nomination, nomination, AcceptNomination(), None, actor=town.actor("Ida"))
    for assessor in ("Bo", "Anna"):
        one = await found.assessment(candidacy, assessor)
        done = await town.client(assessor).post(f"/v1/assessments/{one}/submit", json=await found.scores())
        assert done.status_code == 200, done.text
    return found


def paths(view: View, depth: int) -> Iterator[str]:
    """Every chain of relations from a view, as `expand` names it."""
    for relation in view.relations:
        yield relation.name
        if depth > 1:
            yield from (f"{relation.name}.{rest}" for rest in paths(VIEWS[relation.view], depth - 1))


def objects(value: Any) -> Iterator[dict[str, Any]]:
    """Every JSON object in an answer."""
    if isinstance(value, dict):
        found = cast("dict[str, Any]", value)
        yield found
        for inner in found.values():
            yield from objects(inner)
    elif isinstance(value, list):
        for inner in cast("list[Any]", value):
            yield from objects(inner)


def leaks(answer: Any, person: str) -> list[dict[str, Any]]:
    """What an answer says of the person that it may not say."""
    about = [one for one in objects(answer) if one.get("id") == person]
    return [one for one in about if any(one.get(name) is not None for name in HIDDEN)]


async def seen_by(client: httpx.AsyncClient) -> list[View]:
    """The views of which somebody sees any row at all."""
    lists = {view.name: await client.get(f"/v1/{view.path}", params={"first": "1"}) for view in LISTED}
    return [view for view in LISTED if lists[view.name].status_code == 200 and lists[view.name].json()["items"]]


def assessor(chosen: Selection, *roles: Role) -> httpx.AsyncClient:
    return chosen.town.client("Anna", *roles)


@pytest.mark.parametrize("roles", [(), (Role.HR,)], ids=["employee", "hr"])
async def test_no_expand_from_any_resource_shows_an_assessor_how_old_a_candidate_is_or_of_which_gender(
    chosen: Selection, roles: tuple[Role, ...]
) -> None:
    client, ida = assessor(chosen, *roles), str(chosen.town.people["Ida"])
    met = 0
    for view in await seen_by(client):
        everything = sorted(set(paths(view, DEEP)))
        for first in {one.split(".")[0] for one in everything} or {""}:
            below = [one for one in everything if one == first or one.startswith(f"{first}.")]
            query = {"expand": ",".join(below), "first": "10"} if below else {}
            answer = await client.get(f"/v1/{view.path}", params=query)
            if answer.status_code == 403:
                continue
            assert answer.status_code == 200, (view.name, first, answer.text)
            assert leaks(answer.json(), ida) == [], (view.name, first)
            met += sum(one.get("id") == ida for one in objects(answer.json()))
            if not roles:
                assert BORN.isoformat() not in answer.text
                assert f'"{GENDER}"' not in answer.text
    assert met > 3
    alone = await client.get(f"/v1/persons/{ida}")
    assert (alone.status_code, leaks(alone.json(), ida)) == (200, [])


def selected(view: View, depth: int, root: bool = True) -> str:
    """Every field of a view in GraphQL, and of everything behind its relations."""
    said = [leaf(one) for one in view.all_fields.values() if not (one.sensitive and not root)]
    related = {relation.name for relation in view.relations}
    said = [one for one in said if one.split(" ")[0].removesuffix("Id") not in related]
    if depth:
        for relation in view.relations:
            inner = selected(VIEWS[relation.view], depth - 1, root=False)
            many = "" if isinstance(relation, One) else "(first: 2)"
            body = f"{{ {inner} }}" if isinstance(relation, One) else f"{{ nodes {{ {inner} }} }}"
            said.append(f"{relation.name}{many} {body}")
    return " ".join(said)


def leaf(field: Field) -> str:
    kind = value_object(field.type)
    return field.name if kind is None else f"{field.name} {{ {parts(kind)} }}"


def parts(kind: type[Any]) -> str:
    listed: list[str] = []
    for name, hint in kind.__annotations__.items():
        inner = value_object(hint)
        listed.append(camel(name) if inner is None else f"{camel(name)} {{ {parts(inner)} }}")
    return " ".join(listed)


@pytest.mark.parametrize("roles", [(), (Role.HR,)], ids=["employee", "hr"])
async def test_no_question_over_graphql_shows_it_and_neither_does_node(
    chosen: Selection, roles: tuple[Role, ...]
) -> None:
    client, ida = assessor(chosen, *roles), str(chosen.town.people["Ida"])
    met = 0
    for view in await seen_by(client):
        many = view.plural[:1].lower() + view.plural[1:]
        for relation in (None, *view.relations):
            narrow = view if relation is None else VIEWS[relation.view]
            inner = selected(narrow, 1 if not roles else 0, root=relation is None)
            if relation is not None:
                body = inner if isinstance(relation, One) else f"nodes {{ {inner} }}"
                many_of = "" if isinstance(relation, One) else "(first: 2)"
                inner = f"id {relation.name}{many_of} {{ {body} }}"
            answer = (
                await client.post("/graphql", json={"query": f"{{ {many}(first: 5) {{ nodes {{ {inner} }} }} }}"})
            ).json()
            assert "errors" not in answer, (view.name, relation, answer["errors"])
            assert leaks(answer, ida) == [], (view.name, relation)
            met += sum(one.get("id") == ida for one in objects(answer))
    assert met > 3
    hidden = " ".join(sorted(HIDDEN & set(VIEWS["Person"].all_fields)))
    document = (
        f'{{ node(id: "{ida}") {{ ... on Person {{ id name {hidden} }} }} person(id: "{ida}") {{ id {hidden} }} }}'
    )
    answer = (await client.post("/graphql", json={"query": document})).json()["data"]
    assert answer["node"]["name"] == "Ida"
    assert leaks(answer, ida) == []


async def test_who_decides_and_does_not_assess_and_the_candidate_read_it_and_so_does_hr_afterwards(
    chosen: Selection,
) -> None:
    """What is hidden is hidden from assessors, in the selection: HR keeps the register of persons."""
    ida = chosen.town.people["Ida"]
    url = f"/v1/persons/{ida}"
    for reader in (chosen.hr, chosen.town.client("Ida")):
        assert (await reader.get(url)).json()["birthDate"] == BORN.isoformat()
    both = assessor(chosen, Role.HR)
    assert (await both.get(url)).json()["birthDate"] is None
    (candidacy,) = (await chosen.hr.get("/v1/candidacies")).json()["items"]
    await chosen.hr.post(f"/v1/candidacies/{candidacy['id']}/offer", json={"reason": "Plads."})
    assert (await both.get(url)).json()["birthDate"] == BORN.isoformat()
    assert (await assessor(chosen).get(url)).status_code == 404
