"""Step 3 over REST: candidates come in, are assessed blind, and get an answer they can read."""

from typing import Any

from tests.journeys.cast import APPLICANTS, CANDIDATES, STRANGER, TOP
from tests.journeys.rest.door import Rest
from tests.journeys.story import (
    ADMITTED,
    DECLINED,
    MOTIVATION,
    NEXT,
    NOT_NOW,
    OFFERED,
    PARTICIPANTS,
    RATIONALE,
    RELUCTANT,
    SEEN,
    STATEMENT,
    WAITING,
    WAITLISTED,
    WORK_ON,
    scores,
)


async def candidates_come_in(rest: Rest, cohort: str) -> dict[str, str]:
    cast = rest.cast
    mine = {"cohortId": cohort, "motivation": MOTIVATION}
    candidacies = {"Mette": (await rest.does("Mette", "candidacies", **mine))["id"]}
    assert await rest.readers("candidacies", candidacies["Mette"]) == {*TOP, "Mads", "Mette"}

    # A nomination is between the manager and the nominee until it is accepted (F2).
    wish = {"cohortId": cohort, "personId": cast.people["Ole"], "rationale": RATIONALE}
    assert (await rest.refused("Lise", "nominations", **wish))[0] == 404
    assert await rest.refused("Hanne", "nominations", **wish) == (403, "not_allowed")
    nomination = await rest.does("Mads", "nominations", **wish)
    assert (nomination["state"], nomination["candidacyId"]) == ("pending", None)
    assert await rest.readers("nominations", nomination["id"]) == {"Mads", "Ole"}
    assert (await rest.reads("Ole", f"nominations/{nomination['id']}"))["rationale"] == RATIONALE
    candidacies["Ole"] = (await rest.does("Ole", f"nominations/{nomination['id']}/accept"))["candidacyId"]
    sent = await rest.reads("Hanne", f"candidacies/{candidacies['Ole']}", expand="nominations")
    assert (sent["state"], sent["ways"]) == ("submitted", ["nomination"])
    assert [(one["nominatorId"], one["rationale"]) for one in sent["nominations"]] == [(cast.people["Mads"], RATIONALE)]
    for what, identity in (("candidacies", candidacies["Ole"]), ("nominations", nomination["id"])):
        assert await rest.readers(what, identity) == {*TOP, "Mads", "Ole"}

    for name in APPLICANTS:
        candidacies[name] = (await rest.does(name, "candidacies", **mine))["id"]

    # The nearest manager sees the talents, further up one sees how many; the works council sees nobody.
    (talent,) = await rest.lists("Mette", "talents")
    assert (talent["personId"], talent["origins"]) == (cast.people["Mette"], ["application"])
    assert await rest.readers("talents", talent["id"]) == {*TOP, "Mads", "Mette"}
    seen = {who: len(await rest.lists(who, "talents")) for who in ("Karen", "Mads", "Lise", "Dorthe", "Finn", STRANGER)}
    assert seen == {"Karen": len(CANDIDATES), "Mads": 2, "Lise": 0, "Dorthe": 0, "Finn": 0, STRANGER: 0}
    assert [(await rest.counts("Dorthe", unit))[1] for unit in ("team-nord", "sundhed")] == [None, 15]
    assert await rest.counts("Finn", "team-nord") == (None, None)
    assert await rest.counts("Tove", "team-nord") == (None, None)
    return candidacies


async def candidates_are_assessed(rest: Rest, programme: Any, candidacies: dict[str, str]) -> None:
    cast, ours = rest.cast, candidacies["Mette"]
    for name, candidacy in candidacies.items():
        manager = "Mads" if name in {"Mette", "Ole"} else "Sigrid"
        await rest.does(manager, f"candidacies/{candidacy}/give-statement", supports=True, reason=STATEMENT)
    assert (await rest.refused("Dorthe", f"candidacies/{ours}/give-statement", supports=False, reason="Nej."))[0] == 404
    assert (await rest.reads("Mette", f"candidacies/{ours}"))["statement"]["reason"] == STATEMENT
    await rest.does("Hanne", f"programmes/{programme['id']}/start-selecting")

    # Two assess: neither the candidate nor the nearest manager. They see what they assess, not how old or which gender.
    partial = {"assessorIds": [cast.people["Anna"], cast.people["Mads"]]}
    assert await rest.refused("Hanne", f"candidacies/{ours}/assign-assessors", **partial) == (409, "partial_assessor")
    assert await rest.lists("Anna", "candidacies") == []
    for candidacy in candidacies.values():
        both = {"assessorIds": [cast.people["Anna"], cast.people["Bo"]]}
        await rest.does("Hanne", f"candidacies/{candidacy}/assign-assessors", **both)
    assert await rest.readers("candidacies", ours) == {*TOP, "Mads", "Mette", "Anna"}
    shown = await rest.lists("Anna", "candidacies", expand="person")
    assert {one["id"] for one in shown} == set(candidacies.values())
    alone = await rest.reads("Anna", f"persons/{cast.people['Mette']}")
    for person in (alone, *(one["person"] for one in shown)):
        assert person["name"]
        assert (person["birthDate"], person["birthYear"], person["gender"]) == (None, None, None)
    known = await rest.reads("Hanne", f"candidacies/{ours}", expand="person")
    assert (known["person"]["gender"], bool(known["person"]["birthDate"])) == ("female", True)

    # Blind: nobody reads another's scores before submitting their own, the candidate none before there is an answer.
    tasks = {who: await _assessments_of(rest, who, candidacies) for who in ("Anna", "Bo")}
    for name in candidacies:
        done = await rest.does(
            "Anna", f"assessments/{tasks['Anna'][name]}/submit", scores=scores(name, "Anna", programme)
        )
        assert done["mean"] is not None
    hers = tasks["Anna"]["Mette"]
    assert await rest.readers("assessments", hers) == {*TOP, "Anna"}
    assert (await rest.refused("Bo", f"assessments/{hers}/submit", scores=scores("Mette", "Bo", programme)))[0] == 404
    assert hers not in {one["id"] for one in await rest.lists("Bo", "assessments")}
    for name in candidacies:
        await rest.does("Bo", f"assessments/{tasks['Bo'][name]}/submit", scores=scores(name, "Bo", programme))
    fellow = await rest.reads("Bo", f"assessments/{hers}")
    assert {(one["score"], one["reason"]) for one in fellow["scores"]} == {(5, SEEN)}
    assert await rest.readers("assessments", hers) == {*TOP, "Anna"}
    assert await rest.readers("candidacies", ours) == {*TOP, "Mads", "Mette", "Anna"}


async def _assessments_of(rest: Rest, assessor: str, candidacies: dict[str, str]) -> dict[str, str]:
    """Candidate → the assessment that is the assessor's to write: all that they see."""
    names = {identity: name for name, identity in candidacies.items()}
    found = await rest.lists(assessor, "assessments")
    assert {one["assessorId"] for one in found} == {rest.cast.people[assessor]}
    return {names[one["candidacyId"]]: one["id"] for one in found}


async def places_are_given(rest: Rest, programme: Any, cohort: str, candidacies: dict[str, str]) -> str:
    cast = rest.cast
    ranking = await rest.lists("Hanne", "candidacies", cohortId=cohort, sort="-score")
    ranked = {one["personId"]: (one["score"], one["standing"]) for one in ranking}
    assert ranking[0]["personId"] == cast.people["Mette"]
    assert ranked[cast.people["Mette"]] == (4.5, 1)
    assert {ranked[cast.people[name]] for name in WAITLISTED} == {(2.5, len(ADMITTED) + 1)}
    assert ranked[cast.people[DECLINED]] == (1.5, len(ranking))
    assert {one["score"] for one in await rest.lists("Mads", "candidacies")} == {None}

    # Twelve places are offered; the thirteenth is refused. HR orders the waitlist, and declines with a reason.
    for name in ADMITTED:
        await rest.does("Hanne", f"candidacies/{candidacies[name]}/offer", reason=OFFERED)
    full = await rest.refused("Hanne", f"candidacies/{candidacies[NEXT]}/offer", reason=OFFERED)
    assert full == (409, "cohort_full")
    for name in WAITLISTED:
        order = {"rank": 1} if name == NEXT else {}
        await rest.does("Hanne", f"candidacies/{candidacies[name]}/waitlist", reason=WAITING, **order)
    ranks = {name: (await rest.reads(name, f"candidacies/{candidacies[name]}"))["rank"] for name in WAITLISTED}
    assert ranks == {"Kaj": 2, "Liv": 3, NEXT: 1}
    await rest.does("Hanne", f"candidacies/{candidacies[DECLINED]}/decline", reason=NOT_NOW, feedback=WORK_ON)

    # The declined candidate reads why, scores and reasons too, but not whose; the manager does not.
    declined = await rest.reads(DECLINED, f"candidacies/{candidacies[DECLINED]}")
    assert (declined["state"], declined["reason"], declined["feedback"]) == ("declined", NOT_NOW, WORK_ON)
    assert declined["score"] is None
    assert (await rest.reads("Sigrid", f"candidacies/{candidacies[DECLINED]}"))["reason"] is None
    found = await rest.lists(DECLINED, "assessments", expand="assessor")
    assert [(one["assessorId"], one["assessor"], one["mean"]) for one in found] == [(None, None, None)] * 2
    assert {(score["score"], score["reason"]) for one in found for score in one["scores"]} == {(2, SEEN), (1, SEEN)}
    assert await rest.lists("Sigrid", "assessments") == []

    # One turns the place down, and the first on the waitlist gets it.
    for name in ADMITTED:
        if name != RELUCTANT:
            await rest.does(name, f"candidacies/{candidacies[name]}/accept")
    await rest.does(RELUCTANT, f"candidacies/{candidacies[RELUCTANT]}/turn-down")
    for name, state in ((NEXT, "offered"), ("Kaj", "waitlisted"), ("Liv", "waitlisted")):
        assert (await rest.reads(name, f"candidacies/{candidacies[name]}"))["state"] == state
    await rest.does(NEXT, f"candidacies/{candidacies[NEXT]}/accept")
    # The works council sees the cohort and nobody in it, nor how many there are: that is what reports are for.
    read = await rest.reads("Finn", f"cohorts/{cohort}", expand="candidacies,participations")
    assert (read["capacity"], read["candidacies"], read["participations"]) == (12, [], [])
    assert (read["seatsTaken"], read["seatsFree"]) == (None, None)
    full = await rest.reads("Hanne", f"cohorts/{cohort}")
    assert (full["seatsTaken"], full["seatsFree"]) == (12, 0)

    await rest.does("Hanne", f"programmes/{programme['id']}/start")
    taking_part = await rest.lists("Hanne", "participations", cohortId=cohort)
    assert cast.names(one["personId"] for one in taking_part) == set(PARTICIPANTS)
    for one in taking_part:
        await rest.does("Hanne", f"participations/{one['id']}/start")
    (mine,) = await rest.lists("Mette", "participations")
    assert mine["state"] == "active"
    assert await rest.readers("participations", mine["id"]) == {*TOP, "Mads", "Mette"}
    return mine["id"]
