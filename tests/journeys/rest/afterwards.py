"""Step 5 over REST: the participant gets a leader job, and the feed tells how."""

import asyncio

from service.domain.catalogue import VIEWS
from tests.journeys.cast import HR_SYSTEM, STRANGER, TOP
from tests.journeys.rest.door import Rest
from tests.journeys.story import EVENTS, SPOKEN


async def the_talent_becomes_a_leader(rest: Rest, participation: str) -> None:
    cast = rest.cast
    assert (await rest.refused("Mads", f"participations/{participation}/complete"))[0] == 403
    await rest.does("Hanne", f"participations/{participation}/complete")
    (vacant,) = await rest.lists("Hanne", "positions", vacant="true")
    job = {"personId": cast.people["Mette"], "startOn": cast.day(0), "filledBy": "advertised"}
    assert (await rest.refused("Tove", f"positions/{vacant['id']}/appoint", **job))[0] == 403
    appointed = await rest.does("Hanne", f"positions/{vacant['id']}/appoint", **job)
    assert (appointed["vacant"], appointed["holderId"]) == (False, cast.people["Mette"])
    result = await rest.does("Hanne", f"participations/{participation}/record-outcome", outcome="leader_appointed")
    assert (result["state"], result["outcome"]) == ("completed", "leader_appointed")

    # She leads for good; the nearest manager is another now, and the one before knows what they signed, no more.
    assert await rest.people_of("Mette") == {"Per", "Pia"}
    assert await rest.people_of("Tove") == {"Vibeke", "Mette"}
    assert await rest.people_of("Mads") == {"Ole"}
    assert await rest.readers("participations", participation) == {*TOP, "Tove", "Mette"}
    seen = await rest.readers("persons", cast.people["Mette"])
    assert seen == {*TOP, HR_SYSTEM, "Tove", "Per", "Mette"}
    assert (await rest.lists("Mads", "placements"))[0]["state"] == "completed"
    assert [(await rest.counts("Dorthe", unit))[1] for unit in ("team-nord", "sundhed")] == [None, 15]


async def the_feed_tells_the_story(rest: Rest) -> None:
    """All of it, in order, and no free text. An event is final once nothing older is still being written."""
    async with asyncio.timeout(60):
        while True:
            events = await rest.lists(HR_SYSTEM, "events")
            if len(events) >= len(EVENTS):
                break
            await asyncio.sleep(0.05)
    assert [one["type"] for one in events] == list(EVENTS)
    told = str(events)
    assert not [text for text in SPOKEN if text in told]
    assert {one["id"] for one in events} == {one["id"] for one in await rest.lists("Ada", "events")}
    for who in ("Karen", "Mads", "Mette", "Finn"):
        assert await rest.lists(who, "events") == []


async def the_log_tells_who_read(rest: Rest) -> None:
    """The administrator finds who read what of Mette, without being able to read it; so does she."""
    mette = rest.cast.people["Mette"]
    log = await rest.lists("Ada", "access-log", personId=mette)
    names = {identity: name for name, identity in rest.cast.people.items()}
    read = {(names[one["readerPersonId"]], one["concept"], field) for one in log for field in one["fields"]}
    assert read == {
        *((who, "Candidacy", field) for who in ("Hanne", "Karen") for field in ("score", "standing")),
        *(
            (who, "Assessment", field)
            for who in ("Hanne", "Karen", "Anna", "Bo")
            for field in ("scores", "mean", "calibrations")
        ),
        *((who, "ReviewResponse", "answers") for who in ("Hanne", "Karen", "Mette", "Mads", "Vibeke")),
    }
    assert {one["id"] for one in log} <= {one["id"] for one in await rest.lists("Mette", "access-log")}
    for who in ("Karen", "Mads", "Finn", STRANGER):
        assert await rest.lists(who, "access-log", personId=mette) == []
    for path in ("candidacies", "assessments", "review-responses", "talents", "participations", "placements"):
        assert await rest.lists("Ada", path) == []


async def another_organisation_sees_nothing(rest: Rest) -> None:
    """Not one of all that the events speak of, and no list with anything in it."""
    everything = {(one["concept"], one["resourceId"]) for one in await rest.lists(HR_SYSTEM, "events")}
    assert {concept for concept, _ in everything} >= {"Candidacy", "Assessment", "Placement", "Review", "Participation"}
    stranger = rest.cast.of(STRANGER)
    for concept, identity in sorted(everything):
        answer = await stranger.get(f"/v1/{VIEWS[concept].path}/{identity}")
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    for view in VIEWS.values():
        if not view.singleton and view.name not in {"Event", "ProgrammeTemplate"}:  # templates ship with the service
            assert await rest.lists(STRANGER, view.path) == []
    (own,) = await rest.lists(STRANGER, "events")
    assert own["resourceId"] == str(rest.cast.elsewhere.organisation)
