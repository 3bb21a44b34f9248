"""The GraphQL door as the journey uses it: `POST /graphql`, whoever comes."""

from dataclasses import dataclass
from typing import Any

from tests.journeys.cast import WATCHERS, Cast


@dataclass(frozen=True)
class GraphQL:
    """The door, and those who come to it."""

    cast: Cast

    async def _posts(self, who: str, document: str, variables: dict[str, Any]) -> Any:
        answer = await self.cast.of(who).post("/graphql", json={"query": document, "variables": variables})
        assert answer.status_code == 200, f"{who}: {answer.text}"
        return answer.json()

    async def asks(self, who: str, document: str, **variables: Any) -> Any:
        """What a document that must succeed answers."""
        body = await self._posts(who, document, variables)
        assert "errors" not in body, f"{who}: {body}"
        return body["data"]

    async def does(self, who: str, mutation: str, answer: str, **given: Any) -> Any:
        """One mutation that must succeed; what its payload shows."""
        (done,) = await self.does_all(who, answer, (mutation, given))
        return done

    async def does_all(self, who: str, answer: str, *wishes: tuple[str, dict[str, Any]]) -> list[Any]:
        """Several mutations in one document, which are one transaction; `answer` is what each payload shows."""
        body = await self._posts(who, *_mutations(answer, wishes))
        assert "errors" not in body, f"{who}: {body}"
        return [next(iter(payload.values())) for payload in body["data"].values()]

    async def refused(self, who: str, *wishes: tuple[str, dict[str, Any]]) -> str:
        """The code with which a document is refused, all of it."""
        body = await self._posts(who, *_mutations("__typename", wishes))
        assert body["data"] is None
        return body["errors"][0]["extensions"]["code"]

    async def readers(self, one: str, many: str, identity: str) -> set[str]:
        """Who sees it: to all others it is null by itself, null as a node, and in no list."""
        document = f"""
            query Seen($id: ID!, $ids: [ID!]) {{
              node(id: $id) {{ id }}
              alone: {one}(id: $id) {{ id }}
              listed: {many}(filter: {{ids: $ids}}) {{ totalCount nodes {{ id }} }}
            }}
        """
        seen: set[str] = set()
        there = {"id": identity}
        nothing: dict[str, Any] = {"totalCount": 0, "nodes": []}
        for who in WATCHERS:
            found = await self.asks(who, document, id=identity, ids=[identity])
            if found == {"node": there, "alone": there, "listed": {"totalCount": 1, "nodes": [there]}}:
                seen.add(who)
            else:
                assert found == {"node": None, "alone": None, "listed": nothing}, (who, found)
        return seen

    async def people_of(self, who: str) -> set[str]:
        """Whose nearest manager somebody is today."""
        document = "{ me { roles nearestManagerOf { nodes { id } } } }"
        me = (await self.asks(who, document))["me"]
        assert ("manager" in me["roles"]) == bool(me["nearestManagerOf"]["nodes"])
        return self.cast.names(one["id"] for one in me["nearestManagerOf"]["nodes"])

    async def counts(self, who: str, unit: str) -> tuple[int | None, int | None]:
        """How many employees and talents somebody is told that a unit has."""
        document = "query Counts($id: ID!) { unit(id: $id) { employeeCount talentCount } }"
        read = (await self.asks(who, document, id=self.cast.units[unit]))["unit"]
        return read["employeeCount"], read["talentCount"]


def _mutations(answer: str, wishes: tuple[tuple[str, dict[str, Any]], ...]) -> tuple[str, dict[str, Any]]:
    """A document with a mutation per wish, and its variables."""
    declared = ", ".join(f"$i{i}: {name[0].upper()}{name[1:]}Input!" for i, (name, _) in enumerate(wishes))
    asked = "\n".join(f"  m{i}: {name}(input: $i{i}) {{ {answer} }}" for i, (name, _) in enumerate(wishes))
    return f"mutation Do({declared}) {{\n{asked}\n}}", {f"i{i}": given for i, (_, given) in enumerate(wishes)}
