"""Step 3 over GraphQL: candidates come in, are assessed blind, and get an answer they can read."""

from typing import Any

from tests.journeys.cast import APPLICANTS, CANDIDATES, STRANGER, TOP
from tests.journeys.graphql.door import GraphQL
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

_STATE = "candidacy { id state ways }"
_NOMINATION = "nomination { id state rationale candidacy { id state ways nominations { nodes { rationale } } } }"
_TALENTS = "{ talents(first: 50) { totalCount nodes { id origins person { id } } } }"
_STATEMENT = "query Statement($id: ID!) { candidacy(id: $id) { statement { supports reason } } }"
_ASSESSED = """
query Assessed($person: ID!) {
  candidacies(first: 50) { nodes { id motivation person { name birthDate birthYear gender } } }
  person(id: $person) { name birthDate birthYear gender }
  node(id: $person) { ... on Person { name birthDate birthYear gender } }
}
"""
_TASKS = "{ assessments(first: 50) { nodes { id assessorId candidacy { id } } } }"
_SCORES = "query Scores($id: ID!) { assessment(id: $id) { scores { score reason } } }"
_RANKING = """
query Ranking($id: ID!) { cohort(id: $id) { candidacies(first: 50) { nodes { score person { id } } } } }
"""
_ANSWER = """
query Answer($id: ID!) {
  candidacy(id: $id) { state reason feedback rank score }
  assessments { nodes { assessorId assessor { id } mean scores { score reason } } }
}
"""
_PLACES = """
query Places($id: ID!) {
  cohort(id: $id) {
    seatsTaken seatsFree
    candidacies { totalCount }
    participations(first: 50) { totalCount nodes { id person { id } } }
  }
}
"""
_MINE = "{ participations { nodes { id state } } }"


async def candidates_come_in(door: GraphQL, cohort: str) -> dict[str, str]:
    cast = door.cast
    mine = {"cohortId": cohort, "motivation": MOTIVATION}
    candidacies = {"Mette": (await door.does("Mette", "applyForCohort", _STATE, **mine))["id"]}
    assert await door.readers("candidacy", "candidacies", candidacies["Mette"]) == {*TOP, "Mads", "Mette"}

    # A nomination is between the manager and the nominee until it is accepted (F2).
    wish = {"cohortId": cohort, "personId": cast.people["Ole"], "rationale": RATIONALE}
    assert await door.refused("Lise", ("nominate", wish)) == "not_found"
    assert await door.refused("Hanne", ("nominate", wish)) == "not_allowed"
    nominated = await door.does("Mads", "nominate", _NOMINATION, **wish)
    assert (nominated["state"], nominated["candidacy"]) == ("pending", None)
    assert await door.readers("nomination", "nominations", nominated["id"]) == {"Mads", "Ole"}
    accepted = await door.does("Ole", "acceptNomination", _NOMINATION, id=nominated["id"])
    sent = accepted["candidacy"]
    candidacies["Ole"] = sent["id"]
    assert (sent["state"], sent["ways"]) == ("submitted", ["nomination"])
    assert sent["nominations"]["nodes"] == [{"rationale": RATIONALE}]
    assert await door.readers("candidacy", "candidacies", sent["id"]) == {*TOP, "Mads", "Ole"}
    assert await door.readers("nomination", "nominations", nominated["id"]) == {*TOP, "Mads", "Ole"}

    for name in APPLICANTS:
        candidacies[name] = (await door.does(name, "applyForCohort", _STATE, **mine))["id"]

    # The nearest manager sees the talents, further up one sees how many; the works council sees nobody.
    (talent,) = (await door.asks("Mette", _TALENTS))["talents"]["nodes"]
    assert (talent["person"]["id"], talent["origins"]) == (cast.people["Mette"], ["application"])
    assert await door.readers("talent", "talents", talent["id"]) == {*TOP, "Mads", "Mette"}
    watching = ("Karen", "Mads", "Lise", "Dorthe", "Finn", STRANGER)
    seen = {who: (await door.asks(who, _TALENTS))["talents"]["totalCount"] for who in watching}
    assert seen == {"Karen": len(CANDIDATES), "Mads": 2, "Lise": 0, "Dorthe": 0, "Finn": 0, STRANGER: 0}
    assert [(await door.counts("Dorthe", unit))[1] for unit in ("team-nord", "sundhed")] == [None, 15]
    assert await door.counts("Finn", "team-nord") == (None, None)
    assert await door.counts("Tove", "team-nord") == (None, None)
    return candidacies


async def candidates_are_assessed(door: GraphQL, programme: Any, candidacies: dict[str, str]) -> None:
    cast, ours = door.cast, candidacies["Mette"]
    said = {"supports": True, "reason": STATEMENT}
    for manager, names in (("Mads", ("Mette", "Ole")), ("Sigrid", APPLICANTS)):
        stated = [("giveStatement", {"id": candidacies[name], **said}) for name in names]
        await door.does_all(manager, _STATE, *stated)
    assert await door.refused("Dorthe", ("giveStatement", {"id": ours, **said})) == "not_found"
    assert (await door.asks("Mette", _STATEMENT, id=ours))["candidacy"]["statement"] == said
    await door.does("Hanne", "startSelecting", "programme { state }", id=programme["id"])

    # Two assess: neither the candidate nor the nearest manager. They see what they assess, not how old or which gender.
    both = {"assessorIds": [cast.people["Anna"], cast.people["Bo"]]}
    partial = {"id": ours, "assessorIds": [cast.people["Anna"], cast.people["Mads"]]}
    assert await door.refused("Hanne", ("assignAssessors", partial)) == "partial_assessor"
    assigned = [("assignAssessors", {"id": candidacy, **both}) for candidacy in candidacies.values()]
    await door.does_all("Hanne", _STATE, *assigned)
    assert await door.readers("candidacy", "candidacies", ours) == {*TOP, "Mads", "Mette", "Anna"}
    shown = await door.asks("Anna", _ASSESSED, person=cast.people["Mette"])
    assert {one["id"] for one in shown["candidacies"]["nodes"]} == set(candidacies.values())
    assert {one["motivation"] for one in shown["candidacies"]["nodes"]} == {MOTIVATION, None}
    for person in (shown["person"], shown["node"], *(one["person"] for one in shown["candidacies"]["nodes"])):
        assert person["name"]
        assert (person["birthDate"], person["birthYear"], person["gender"]) == (None, None, None)

    # Blind: nobody reads another's scores before submitting their own, the candidate none before there is an answer.
    tasks = {who: await _assessments_of(door, who, candidacies) for who in ("Anna", "Bo")}
    hers = tasks["Anna"]["Mette"]
    submitted = "assessment { id mean candidacy { state } }"
    for assessor, state in (("Anna", "submitted"), ("Bo", "assessed")):
        assert await door.readers("assessment", "assessments", hers) == {*TOP, "Anna"}
        assert (await door.asks("Bo", _SCORES, id=hers))["assessment"] is None
        given = [
            ("submitAssessment", {"id": tasks[assessor][name], "scores": scores(name, assessor, programme)})
            for name in candidacies
        ]
        done = await door.does_all(assessor, submitted, *given)
        assert {one["candidacy"]["state"] for one in done} == {state}
    read = (await door.asks("Bo", _SCORES, id=hers))["assessment"]["scores"]
    assert read == [{"score": 5, "reason": SEEN}] * 3
    assert await door.readers("assessment", "assessments", hers) == {*TOP, "Anna"}


async def _assessments_of(door: GraphQL, assessor: str, candidacies: dict[str, str]) -> dict[str, str]:
    """Candidate → the assessment that is the assessor's to write: all that they see."""
    names = {identity: name for name, identity in candidacies.items()}
    found = (await door.asks(assessor, _TASKS))["assessments"]["nodes"]
    assert {one["assessorId"] for one in found} == {door.cast.people[assessor]}
    return {names[one["candidacy"]["id"]]: one["id"] for one in found}


async def places_are_given(door: GraphQL, programme: Any, cohort: str, candidacies: dict[str, str]) -> str:
    cast = door.cast
    for who, best, least in (("Hanne", 4.5, 1.5), ("Mads", None, None)):
        listed = (await door.asks(who, _RANKING, id=cohort))["cohort"]["candidacies"]["nodes"]
        ranked = {one["person"]["id"]: one["score"] for one in listed}
        assert ranked[cast.people["Mette"]] == best
        assert ranked.get(cast.people[DECLINED]) == least

    # Thirteen offers in one document are one too many, so none is made; twelve fit.
    offers = [("offerPlace", {"id": candidacies[name], "reason": OFFERED}) for name in (*ADMITTED, NEXT)]
    assert await door.refused("Hanne", *offers) == "cohort_full"
    assert (await door.asks("Hanne", _PLACES, id=cohort))["cohort"]["seatsTaken"] == 0
    await door.does_all("Hanne", _STATE, *offers[:-1])
    # HR orders the waitlist, and declines with a reason.
    waiting: list[tuple[str, dict[str, Any]]] = []
    for name in WAITLISTED:
        order = {"rank": 1} if name == NEXT else {}
        waiting.append(("waitlistCandidacy", {"id": candidacies[name], "reason": WAITING, **order}))
    declining = ("declineCandidacy", {"id": candidacies[DECLINED], "reason": NOT_NOW, "feedback": WORK_ON})
    await door.does_all("Hanne", _STATE, *waiting, declining)
    answers = {name: await door.asks(name, _ANSWER, id=candidacies[name]) for name in (*WAITLISTED, DECLINED)}
    assert {name: answers[name]["candidacy"]["rank"] for name in WAITLISTED} == {"Kaj": 2, "Liv": 3, NEXT: 1}

    # The declined candidate reads why, scores and reasons too, but not whose; the manager does not.
    read = answers[DECLINED]
    assert read["candidacy"] == {
        "state": "declined",
        "reason": NOT_NOW,
        "feedback": WORK_ON,
        "rank": None,
        "score": None,
    }
    assert [(one["assessorId"], one["assessor"], one["mean"]) for one in read["assessments"]["nodes"]] == [
        (None, None, None)
    ] * 2
    given = {(score["score"], score["reason"]) for one in read["assessments"]["nodes"] for score in one["scores"]}
    assert given == {(2, SEEN), (1, SEEN)}
    manager = await door.asks("Sigrid", _ANSWER, id=candidacies[DECLINED])
    assert (manager["candidacy"]["reason"], manager["assessments"]["nodes"]) == (None, [])

    # One turns the place down, and the first on the waitlist gets it.
    for name in ADMITTED:
        if name != RELUCTANT:
            await door.does(name, "acceptOffer", _STATE, id=candidacies[name])
    await door.does(RELUCTANT, "turnDownOffer", _STATE, id=candidacies[RELUCTANT])
    for name, state in ((NEXT, "offered"), ("Kaj", "waitlisted"), ("Liv", "waitlisted")):
        assert (await door.asks(name, _ANSWER, id=candidacies[name]))["candidacy"]["state"] == state
    await door.does(NEXT, "acceptOffer", _STATE, id=candidacies[NEXT])
    # The works council sees the cohort and nobody in it, nor how many there are: that is what reports are for.
    assert (await door.asks("Hanne", _PLACES, id=cohort))["cohort"]["seatsTaken"] == 12
    assert (await door.asks("Finn", _PLACES, id=cohort))["cohort"] == {
        "seatsTaken": None,
        "seatsFree": None,
        "candidacies": {"totalCount": 0},
        "participations": {"totalCount": 0, "nodes": []},
    }

    await door.does("Hanne", "startProgramme", "programme { state }", id=programme["id"])
    taking_part = (await door.asks("Hanne", _PLACES, id=cohort))["cohort"]["participations"]["nodes"]
    assert cast.names(one["person"]["id"] for one in taking_part) == set(PARTICIPANTS)
    starting = [("startParticipation", {"id": one["id"]}) for one in taking_part]
    await door.does_all("Hanne", "participation { state }", *starting)
    (mine,) = (await door.asks("Mette", _MINE))["participations"]["nodes"]
    assert mine["state"] == "active"
    assert await door.readers("participation", "participations", mine["id"]) == {*TOP, "Mads", "Mette"}
    return mine["id"]
