"""Step 5 over GraphQL: the participant gets a leader job, and the feed tells how."""

import asyncio
from typing import Any

from service.domain.catalogue import VIEWS
from tests.journeys.cast import HR_SYSTEM, STRANGER, TOP
from tests.journeys.graphql.door import GraphQL
from tests.journeys.story import EVENTS, SPOKEN

_VACANT = "{ positions(filter: {vacant: true}) { nodes { id } } }"
_RESULT = """
query Result($participation: ID!, $position: ID!) {
  participation(id: $participation) { state outcome outcomeOn }
  position(id: $position) { vacant holder { id } engagements { nodes { filledBy } } unit { manager { id } } }
}
"""
_FEED = """
query Feed($after: String) {
  events(first: 200, after: $after) {
    nodes { id type concept resourceId data }
    pageInfo { hasNextPage endCursor }
  }
}
"""
_LOG = """
query Log($person: ID!) {
  accessLogEntries(first: 200, filter: {personId: $person}) { nodes { id readerPersonId concept fields } }
}
"""
_PLACED = "{ placements { nodes { state } } }"
_NODES = 50


async def the_talent_becomes_a_leader(door: GraphQL, participation: str) -> None:
    cast = door.cast
    (vacant,) = (await door.asks("Hanne", _VACANT))["positions"]["nodes"]
    complete = ("completeParticipation", {"id": participation})
    job = {"personId": cast.people["Mette"], "startOn": cast.day(0), "filledBy": "advertised"}
    appoint = ("appoint", {"id": vacant["id"], **job})
    outcome = ("recordOutcome", {"id": participation, "outcome": "leader_appointed"})
    assert await door.refused("Mads", complete) == "not_allowed"
    assert await door.refused("Tove", appoint) == "not_allowed"
    # HR records all of it at once: one document, one transaction.
    await door.does_all("Hanne", "__typename", complete, appoint, outcome)
    read = await door.asks("Mette", _RESULT, participation=participation, position=vacant["id"])
    assert read == {
        "participation": {"state": "completed", "outcome": "leader_appointed", "outcomeOn": cast.day(0)},
        "position": {
            "vacant": False,
            "holder": {"id": cast.people["Mette"]},
            "engagements": {"nodes": [{"filledBy": "advertised"}]},
            "unit": {"manager": {"id": cast.people["Mette"]}},
        },
    }

    # She leads for good; the nearest manager is another now, and the one before knows what they signed, no more.
    assert await door.people_of("Mette") == {"Per", "Pia"}
    assert await door.people_of("Tove") == {"Vibeke", "Mette"}
    assert await door.people_of("Mads") == {"Ole"}
    assert await door.readers("participation", "participations", participation) == {*TOP, "Tove", "Mette"}
    seen = await door.readers("person", "persons", cast.people["Mette"])
    assert seen == {*TOP, HR_SYSTEM, "Tove", "Per", "Mette"}
    assert (await door.asks("Mads", _PLACED))["placements"]["nodes"] == [{"state": "completed"}]
    assert [(await door.counts("Dorthe", unit))[1] for unit in ("team-nord", "sundhed")] == [None, 15]


async def _feed(door: GraphQL, who: str) -> list[Any]:
    found: list[Any] = []
    after: str | None = None
    while True:
        page = (await door.asks(who, _FEED, after=after))["events"]
        found += page["nodes"]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            return found


async def the_feed_tells_the_story(door: GraphQL) -> None:
    """All of it, in order, and no free text. An event is final once nothing older is still being written."""
    async with asyncio.timeout(60):
        while True:
            events = await _feed(door, HR_SYSTEM)
            if len(events) >= len(EVENTS):
                break
            await asyncio.sleep(0.05)
    assert [one["type"] for one in events] == list(EVENTS)
    told = str(events)
    assert not [text for text in SPOKEN if text in told]
    for who in ("Karen", "Mads", "Mette", "Finn"):
        assert await _feed(door, who) == []


async def the_log_tells_who_read(door: GraphQL) -> None:
    """The administrator finds who read what of Mette, without being able to read it; so does she."""
    mette = door.cast.people["Mette"]
    log = (await door.asks("Ada", _LOG, person=mette))["accessLogEntries"]["nodes"]
    names = {identity: name for name, identity in door.cast.people.items()}
    read = {(names[one["readerPersonId"]], one["concept"], field) for one in log for field in one["fields"]}
    assert read == {
        ("Hanne", "Candidacy", "score"),
        ("Anna", "Assessment", "mean"),
        ("Bo", "Assessment", "mean"),
        ("Bo", "Assessment", "scores"),
        ("Mette", "ReviewResponse", "answers"),
        ("Mads", "ReviewResponse", "answers"),
        ("Vibeke", "ReviewResponse", "answers"),
    }
    assert (await door.asks("Mette", _LOG, person=mette))["accessLogEntries"]["nodes"] == log
    for who in ("Karen", "Mads", "Finn", STRANGER):
        assert (await door.asks(who, _LOG, person=mette))["accessLogEntries"]["nodes"] == []
    hidden = ("candidacies", "assessments", "reviewResponses", "talents", "participations", "placements")
    read = await door.asks("Ada", "{" + " ".join(f"{many} {{ totalCount }}" for many in hidden) + "}")
    assert read == {many: {"totalCount": 0} for many in hidden}


async def another_organisation_sees_nothing(door: GraphQL) -> None:
    """Not one of all that the events speak of, and no list with anything in it."""
    everything = sorted({one["resourceId"] for one in await _feed(door, HR_SYSTEM)})
    assert len(everything) > _NODES
    for start in range(0, len(everything), _NODES):
        asked = " ".join(
            f'n{i}: node(id: "{identity}") {{ id }}' for i, identity in enumerate(everything[start : start + _NODES])
        )
        found = await door.asks(STRANGER, f"{{ {asked} }}")
        assert set(found.values()) == {None}
    # Templates ship with the service: everybody has the same ones.
    own = {"Event", "ProgrammeTemplate"}
    lists = [view for view in VIEWS.values() if not view.singleton and view.name not in own]
    names = [view.plural[:1].lower() + view.plural[1:] for view in lists]
    read = await door.asks(STRANGER, "{" + " ".join(f"{name} {{ totalCount }}" for name in names) + "}")
    assert read == {name: {"totalCount": 0} for name in names}
    (own,) = await _feed(door, STRANGER)
    assert own["resourceId"] == str(door.cast.elsewhere.organisation)
