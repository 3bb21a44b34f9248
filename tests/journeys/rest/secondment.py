"""Step 4 over REST: a participant leads a vacant unit of another administration for a while."""

from tests.journeys.cast import HR_SYSTEM, TOP
from tests.journeys.rest.door import Rest


async def a_vacant_unit_is_led_for_a_while(rest: Rest, participation: str) -> str:
    cast = rest.cast
    park = f"units/{cast.units['park']}"
    (vacant,) = await rest.lists("Hanne", "positions", vacant="true")
    terms = {
        "kind": "secondment",
        "personId": cast.people["Mette"],
        "hostUnitId": cast.units["park"],
        "hostSupervisorId": cast.people["Vibeke"],
        "positionId": vacant["id"],
        "participationId": participation,
        "startOn": cast.day(70),
        "endOn": cast.day(160),
        "objectives": "At lede en hverdag i et andet fag",
        "homeSalaryShare": 40,
    }
    assert (await rest.refused("Dorthe", "placements", **terms))[0] == 404
    proposed = await rest.does("Hanne", "placements", **terms)
    placement, parties = f"placements/{proposed['id']}", {*TOP, "Mette", "Mads", "Tove", "Vibeke"}
    assert await rest.readers("placements", proposed["id"]) == parties
    for who in ("Mette", "Mads", "Tove"):
        assert "sign" in (await rest.reads(who, placement))["allowedActions"]
        signed = await rest.does(who, f"{placement}/sign")
    assert signed["state"] == "agreed"
    assert [one["party"] for one in signed["signatures"]] == ["talent", "home_manager", "host_manager"]
    assert await rest.refused("Vibeke", f"{placement}/sign") == (403, "not_allowed")
    # Who hosts her sees who she is; how old she is stays her own.
    assert (await rest.reads("Vibeke", f"persons/{cast.people['Mette']}"))["birthDate"] is None
    assert await rest.people_of("Mette") == set()

    # While it lasts she is the unit's manager, with a manager's rights; the director above is not the nearest now.
    await cast.days_pass(70)
    assert (await rest.reads("Mette", placement))["state"] == "active"
    assert (await rest.reads("Per", park))["managerId"] == cast.people["Mette"]
    assert (await rest.reads("Per", f"persons/{cast.people['Per']}"))["nearestManagerId"] == cast.people["Mette"]
    assert await rest.people_of("Mette") == {"Per", "Pia"}
    assert await rest.people_of("Tove") == {"Vibeke"}
    assert await rest.readers("persons", cast.people["Per"]) == {*TOP, HR_SYSTEM, "Mette", "Per"}
    assert await rest.counts("Mette", "park") == (2, None)
    assert await rest.counts("Tove", "park") == (2, None)
    talk = {
        "kind": "check_in",
        "personId": cast.people["Per"],
        "questions": [{"key": "now", "text": "Hvordan går det?"}],
        "respondents": [
            {"personId": cast.people["Per"], "relation": "self"},
            {"personId": cast.people["Mette"], "relation": "manager"},
        ],
        "dueOn": cast.day(14),
    }
    assert (await rest.refused("Tove", "reviews", **talk))[0] == 404
    planned = await rest.does("Mette", "reviews", **talk)
    await rest.does("Mette", f"reviews/{planned['id']}/open")
    assert await rest.readers("reviews", planned["id"]) == {*TOP, "Mette", "Per"}

    # It is over on its day, and so are the rights.
    await cast.days_pass(90)
    assert (await rest.reads("Mette", placement))["state"] == "completed"
    assert (await rest.reads("Per", park))["managerId"] is None
    assert await rest.people_of("Mette") == set()
    assert await rest.people_of("Tove") == {"Vibeke", "Per", "Pia"}
    return proposed["id"]


async def both_sides_look_back(rest: Rest, placement: str, participation: str) -> None:
    """The debrief: written by talent and host, read by the talent and the nearest manager once it is shared."""
    (debrief,) = await rest.lists("Mette", "reviews", placementId=placement)
    assert (debrief["kind"], debrief["state"], debrief["participationId"]) == (
        "placement_debrief",
        "open",
        participation,
    )
    assert await rest.readers("reviews", debrief["id"]) == {*TOP, "Mette", "Mads", "Vibeke"}
    parts: dict[str, str] = {}
    for who in ("Mette", "Vibeke"):
        asked = await rest.lists(who, "review-responses", reviewId=debrief["id"], respondentId=rest.cast.people[who])
        (parts[who],) = (one["id"] for one in asked)
        answers = [{"key": one["key"], "text": f"{who} svarer."} for one in debrief["questions"]]
        await rest.does(who, f"review-responses/{parts[who]}/answer", answers=answers)
    theirs = f"review-responses/{parts['Vibeke']}"
    for who in ("Mette", "Mads"):
        assert (await rest.reads(who, theirs))["answers"] is None
    assert (await rest.refused("Mette", f"reviews/{debrief['id']}/share"))[0] == 403
    await rest.does("Vibeke", f"reviews/{debrief['id']}/share")
    for who in ("Mette", "Mads"):
        assert {one["text"] for one in (await rest.reads(who, theirs))["answers"]} == {"Vibeke svarer."}
    assert await rest.readers("review-responses", parts["Vibeke"]) == {*TOP, "Mette", "Mads", "Vibeke"}
    assert (await rest.does("Mette", f"reviews/{debrief['id']}/acknowledge"))["state"] == "acknowledged"
