"""What is asked of the service: the requests of each workload, at both doors."""

from collections.abc import Mapping
from typing import Any

import orjson
from joserfc.jwk import ECKey

from benchmarks import documents
from benchmarks.cast import Cast
from benchmarks.requests import Request

LISTED = 50
SEARCHED = 20
NESTED = "expand=person.unit,person.placements,candidacies"

Asks = Mapping[str, list[Request]]
"""Requests to our doors by workload; those of one workload are sent in turn."""


def get(token: str, path: str) -> Request:
    """A REST reading."""
    return Request(path=path, headers=(("Authorization", f"Bearer {token}"),))


def ask(token: str, document: str, **variables: Any) -> Request:
    """A GraphQL reading."""
    headers = (("Authorization", f"Bearer {token}"), ("Content-Type", "application/json"))
    body = orjson.dumps({"query": document, "variables": variables})
    return Request(method="POST", path="/graphql", headers=headers, body=body)


def readings(cast: Cast, key: ECKey) -> Asks:
    """The readings that every contender is compared in."""
    hr = cast.hr_token(key)
    unit = str(cast.administration)
    filters = f"live=true&withinUnitId={unit}&sort=-updatedAt"
    return {
        "one.rest": [get(hr, f"/v1/talents/{one}?{NESTED}") for one in cast.talents],
        "one.graphql": [ask(hr, documents.ONE, id=str(one)) for one in cast.talents],
        "list.rest": [get(hr, f"/v1/talents?first={LISTED}&{NESTED}")],
        "list.graphql": [ask(hr, documents.LIST, first=LISTED)],
        "filtered.rest": [get(hr, f"/v1/talents?first={LISTED}&{filters}&{NESTED}")],
        "filtered.graphql": [ask(hr, documents.FILTERED, first=LISTED, unit=unit)],
        "search.rest": [get(hr, f"/v1/persons?name={one}&first={SEARCHED}&expand=unit") for one in ascii_(cast)],
        "search.graphql": [ask(hr, documents.SEARCH, first=SEARCHED, name=one) for one in ascii_(cast)],
    }


def ascii_(cast: Cast) -> list[str]:
    """Starts of names that need no escaping in an address."""
    return [one for one in cast.prefixes if one.isascii() and one.isalpha()][:20]
