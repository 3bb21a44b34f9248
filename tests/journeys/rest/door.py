"""The REST door as the journey uses it: who does what, who reads what, who sees that it is there at all."""

from dataclasses import dataclass
from typing import Any

from tests.journeys.cast import WATCHERS, Cast


@dataclass(frozen=True)
class Rest:
    """The door, and those who come to it."""

    cast: Cast

    async def does(self, who: str, path: str, **body: Any) -> Any:
        """POST that must succeed; its answer."""
        answer = await self.cast.of(who).post(f"/v1/{path}", json=body)
        assert answer.status_code in {200, 201}, f"{who}: {answer.text}"
        return answer.json()

    async def changes(self, who: str, path: str, **body: Any) -> Any:
        """PATCH that must succeed; its answer."""
        answer = await self.cast.of(who).patch(f"/v1/{path}", json=body)
        assert answer.status_code == 200, f"{who}: {answer.text}"
        return answer.json()

    async def refused(self, who: str, path: str, **body: Any) -> tuple[int, str]:
        """POST that must not succeed; status and code."""
        answer = await self.cast.of(who).post(f"/v1/{path}", json=body)
        assert answer.status_code >= 400, f"{who}: {answer.text}"
        return answer.status_code, answer.json()["code"]

    async def reads(self, who: str, path: str, **parameters: Any) -> Any:
        """GET of what must be there."""
        answer = await self.cast.of(who).get(f"/v1/{path}", params=parameters)
        assert answer.status_code == 200, f"{who}: {answer.text}"
        return answer.json()

    async def lists(self, who: str, path: str, **parameters: Any) -> list[Any]:
        """Every row of a list, page after page."""
        found: list[Any] = []
        wanted = {"first": 200, **parameters}
        while True:
            page = await self.reads(who, path, **wanted)
            found += page["items"]
            if not page["page"]["hasNextPage"]:
                return found
            wanted["after"] = page["page"]["endCursor"]

    async def readers(self, path: str, identity: str) -> set[str]:
        """Who sees it: to all others it is not found and in no list."""
        seen: set[str] = set()
        for who in WATCHERS:
            status = (await self.cast.of(who).get(f"/v1/{path}/{identity}")).status_code
            listed = await self.lists(who, path, ids=identity)
            assert (status, len(listed)) in {(200, 1), (404, 0)}, (who, path, status, listed)
            if listed:
                seen.add(who)
        return seen

    async def people_of(self, who: str) -> set[str]:
        """Whose nearest manager somebody is today."""
        me = await self.reads(who, "me", expand="nearestManagerOf")
        assert ("manager" in me["roles"]) == bool(me["nearestManagerOf"])
        return self.cast.names(one["id"] for one in me["nearestManagerOf"])

    async def counts(self, who: str, unit: str) -> tuple[int | None, int | None]:
        """How many employees and talents somebody is told that a unit has."""
        read = await self.reads(who, f"units/{self.cast.units[unit]}")
        return read["employeeCount"], read["talentCount"]
