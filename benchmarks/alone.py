"""What is measured of the service against itself: pages far down a list, and what a manager sees."""

from collections.abc import Mapping
from typing import Any, cast

import orjson

from benchmarks import documents
from benchmarks.asks import LISTED, NESTED, ask, get
from benchmarks.cast import Cast
from benchmarks.equality import same
from benchmarks.figures import FAR_PAGE, FIRST_PAGE, HR, MANAGER
from benchmarks.measuring import Lane, Workload
from benchmarks.place import Place
from benchmarks.processes import Running
from benchmarks.readings import answer

FAR = 400
"""Which page is asked for, or the last where there are not as many."""

_TALENTS_PER_PAGE = 10
_LARGEST = 200
_LISTS: Mapping[str, tuple[str, int]] = {
    "page.talents": (f"/v1/talents?{NESTED}", _TALENTS_PER_PAGE),
    "page.persons": ("/v1/persons?expand=unit", LISTED),
}


def workloads(place: Place, cast_: Cast, ours: Running) -> list[Workload]:
    """What is to be measured. Raises UnequalError."""
    hr, manager = cast_.hr_token(place.key), cast_.manager_token(place.key)
    listed: list[Workload] = []
    for name, (path, size) in _LISTS.items():
        place.say(f"Going to page {FAR}: {name}")
        after = cursor(ours, hr, path, size)
        first, far = get(hr, f"{path}&first={size}"), get(hr, f"{path}&first={size}&after={after}")
        lanes = [
            Lane(who=FIRST_PAGE, running=ours, requests=[first]),
            Lane(who=FAR_PAGE, running=ours, requests=[far]),
        ]
        listed.append(Workload(name=name, lanes=lanes))
    rows = min(LISTED, cast_.team)
    refuse_less(ours, hr, manager, rows)
    asked = {
        "manager.rest": [get(who, f"/v1/talents?first={rows}&{NESTED}") for who in (hr, manager)],
        "manager.graphql": [ask(who, documents.LIST, first=rows) for who in (hr, manager)],
    }
    for name, requests in asked.items():
        pairs = zip((HR, MANAGER), requests, strict=True)
        lanes = [Lane(who=who, running=ours, requests=[request]) for who, request in pairs]
        listed.append(Workload(name=name, lanes=lanes))
    return listed


def cursor(ours: Running, token: str, path: str, size: int) -> str:
    """The cursor in front of that page of a list, or of its last full one."""
    count = _page(ours, token, f"{path}&first=1&count=true")["totalCount"]
    left = min(FAR - 1, count // size - 1) * size
    after = ""
    while left:
        step = min(left, _LARGEST)
        after = _page(ours, token, f"{path}&first={step}{after and '&after='}{after}")["page"]["endCursor"]
        left -= step
    return after


def _page(ours: Running, token: str, path: str) -> Any:
    return orjson.loads(answer(ours, get(token, path)))


def refuse_less(ours: Running, hr: str, manager: str, rows: int) -> None:
    """The manager's list has as many rows, and each says what it says to HR. Raises UnequalError."""
    seen = orjson.loads(answer(ours, ask(manager, documents.LIST, first=rows)))["data"]["talents"]["nodes"]
    same("a manager's talents", len(seen), rows)
    for one in cast("list[dict[str, Any]]", seen):
        told = orjson.loads(answer(ours, ask(hr, documents.ONE, id=one["id"])))["data"]["talent"]
        same("a manager's talent", one, told)
