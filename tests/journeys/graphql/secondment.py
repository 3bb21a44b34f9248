"""Step 4 over GraphQL: a participant leads a vacant unit of another administration for a while."""

from tests.journeys.cast import HR_SYSTEM, TOP
from tests.journeys.graphql.door import GraphQL

_VACANT = "{ positions(filter: {vacant: true}) { nodes { id } } }"
_SHOWN = "placement { id state signatures { party signedBy } }"
_SIGNED = """
query Signing($id: ID!) { placement(id: $id) { state allowedActions } }
"""
_LED = """
query Led($park: ID!, $per: ID!) {
  unit(id: $park) { manager { id } }
  person(id: $per) { nearestManager { id } unit { manager { id } } }
}
"""
_DEBRIEF = """
query Debrief($id: ID!) {
  placement(id: $id) {
    participationId
    reviews { nodes { id kind state questions { key } participation { id } } }
  }
}
"""
_PART = """
query Part($review: ID!, $respondent: ID!) {
  reviewResponses(filter: {reviewId: $review, respondentId: $respondent}) { nodes { id answers { text } } }
}
"""


async def a_vacant_unit_is_led_for_a_while(door: GraphQL, participation: str) -> str:
    cast = door.cast
    park, per = cast.units["park"], cast.people["Per"]
    (vacant,) = (await door.asks("Hanne", _VACANT))["positions"]["nodes"]
    terms = {
        "kind": "secondment",
        "personId": cast.people["Mette"],
        "hostUnitId": park,
        "hostSupervisorId": cast.people["Vibeke"],
        "positionId": vacant["id"],
        "participationId": participation,
        "startOn": cast.day(70),
        "endOn": cast.day(160),
        "objectives": "At lede en hverdag i et andet fag",
        "homeSalaryShare": 40,
    }
    assert await door.refused("Dorthe", ("proposePlacement", terms)) == "not_found"
    its = {"id": (await door.does("Hanne", "proposePlacement", _SHOWN, **terms))["id"]}
    parties = {*TOP, "Mette", "Mads", "Tove", "Vibeke"}
    assert await door.readers("placement", "placements", its["id"]) == parties
    for who in ("Mette", "Mads", "Tove"):
        assert "sign" in (await door.asks(who, _SIGNED, **its))["placement"]["allowedActions"]
        signed = await door.does(who, "signPlacement", _SHOWN, **its)
    assert signed["state"] == "agreed"
    assert [(one["party"], one["signedBy"]) for one in signed["signatures"]] == [
        ("talent", cast.people["Mette"]),
        ("home_manager", cast.people["Mads"]),
        ("host_manager", cast.people["Tove"]),
    ]
    assert await door.refused("Vibeke", ("signPlacement", its)) == "not_allowed"
    assert await door.people_of("Mette") == set()

    # While it lasts she is the unit's manager, with a manager's rights; the director above is not the nearest now.
    await cast.days_pass(70)
    mette = {"id": cast.people["Mette"]}
    assert await door.asks("Per", _LED, park=park, per=per) == {
        "unit": {"manager": mette},
        "person": {"nearestManager": mette, "unit": {"manager": mette}},
    }
    assert (await door.asks("Tove", _LED, park=park, per=per))["person"] is None
    assert (await door.asks("Mette", _SIGNED, **its))["placement"]["state"] == "active"
    assert await door.people_of("Mette") == {"Per", "Pia"}
    assert await door.people_of("Tove") == {"Vibeke"}
    assert await door.readers("person", "persons", per) == {*TOP, HR_SYSTEM, "Mette", "Per"}
    assert await door.counts("Mette", "park") == (2, None)
    assert await door.counts("Tove", "park") == (2, None)
    talk = {
        "kind": "check_in",
        "personId": per,
        "questions": [{"key": "now", "text": "Hvordan går det?"}],
        "respondents": [
            {"personId": per, "relation": "self"},
            {"personId": cast.people["Mette"], "relation": "manager"},
        ],
        "dueOn": cast.day(14),
    }
    assert await door.refused("Tove", ("planReview", talk)) == "not_found"
    planned = await door.does("Mette", "planReview", "review { id }", **talk)
    await door.does("Mette", "openReview", "review { state }", id=planned["id"])
    assert await door.readers("review", "reviews", planned["id"]) == {*TOP, "Mette", "Per"}

    # It is over on its day, and so are the rights.
    await cast.days_pass(90)
    assert (await door.asks("Mette", _SIGNED, **its))["placement"] == {"state": "completed", "allowedActions": []}
    after = await door.asks("Per", _LED, park=park, per=per)
    assert (after["unit"]["manager"], after["person"]["nearestManager"]) == (None, {"id": cast.people["Tove"]})
    assert await door.people_of("Mette") == set()
    assert await door.people_of("Tove") == {"Vibeke", "Per", "Pia"}
    return its["id"]


async def both_sides_look_back(door: GraphQL, placement: str, participation: str) -> None:
    """The debrief: written by talent and host, read by the talent and the nearest manager once it is shared."""
    read = (await door.asks("Mette", _DEBRIEF, id=placement))["placement"]
    (debrief,) = read["reviews"]["nodes"]
    assert (debrief["kind"], debrief["state"]) == ("placement_debrief", "open")
    assert read["participationId"] == debrief["participation"]["id"] == participation
    its = {"id": debrief["id"]}
    assert await door.readers("review", "reviews", debrief["id"]) == {*TOP, "Mette", "Mads", "Vibeke"}
    theirs = {"review": debrief["id"], "respondent": door.cast.people["Vibeke"]}
    for who in ("Mette", "Vibeke"):
        asked = {"review": debrief["id"], "respondent": door.cast.people[who]}
        (part,) = (await door.asks(who, _PART, **asked))["reviewResponses"]["nodes"]
        answers = [{"key": one["key"], "text": f"{who} svarer."} for one in debrief["questions"]]
        done = await door.does(
            who, "answerReview", "reviewResponse { review { state } }", id=part["id"], answers=answers
        )
    assert done["review"] == {"state": "submitted"}
    assert await door.readers("reviewResponse", "reviewResponses", part["id"]) == {*TOP, "Mette", "Mads", "Vibeke"}
    for who in ("Mette", "Mads"):
        assert (await door.asks(who, _PART, **theirs))["reviewResponses"]["nodes"][0]["answers"] is None
    assert await door.refused("Mette", ("shareReview", its)) == "not_allowed"
    await door.does("Vibeke", "shareReview", "review { state }", **its)
    for who in ("Mette", "Mads"):
        (part,) = (await door.asks(who, _PART, **theirs))["reviewResponses"]["nodes"]
        assert {one["text"] for one in part["answers"]} == {"Vibeke svarer."}
    assert await door.does("Mette", "acknowledgeReview", "review { state }", **its) == {"state": "acknowledged"}
