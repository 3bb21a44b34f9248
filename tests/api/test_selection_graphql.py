"""The selection through the GraphQL door: the same use cases, the same eyes."""

from typing import Any
from uuid import UUID

import httpx

from service.domain.actor import Role
from tests.municipality import Municipality
from tests.selection import selection


async def _ask(client: httpx.AsyncClient, document: str, **variables: Any) -> dict[str, Any]:
    answer = await client.post("/graphql", json={"query": document, "variables": variables})
    body = answer.json()
    assert "errors" not in body, body
    return body["data"]


_NOMINATE = """
mutation ($input: NominateInput!) { nominate(input: $input) { nomination { id state rationale candidacyId } } }
"""
_ACCEPT = """
mutation ($id: ID!) {
  acceptNomination(input: {id: $id}) { nomination { state candidacy { state ways allowedActions } } }
}
"""
_SUBMIT = """
mutation ($input: SubmitAssessmentInput!) {
  submitAssessment(input: $input) { assessment { mean scores { score reason } candidacy { state } } }
}
"""
_COHORT = """
query ($id: ID!) { cohort(id: $id) { candidacies(first: 5) { edges { node {
  state statement { supports reason } person { givenName talent { origins } }
} } } } }
"""


async def test_a_nomination_is_answered_and_assessed_over_graphql(town: Municipality) -> None:
    chosen = await selection(town)
    wish = {"cohortId": str(chosen.cohort), "personId": str(town.people["Mette"]), "rationale": "Prøv nu."}
    nominated = (await _ask(town.client("Mads"), _NOMINATE, input=wish))["nominate"]["nomination"]
    assert (nominated["state"], nominated["candidacyId"]) == ("pending", None)
    accepted = (await _ask(town.client("Mette"), _ACCEPT, id=nominated["id"]))["acceptNomination"]["nomination"]
    assert accepted == {
        "state": "accepted",
        "candidacy": {"state": "submitted", "ways": ["nomination"], "allowedActions": ["withdraw"]},
    }


async def test_scores_are_given_and_read_over_graphql(town: Municipality) -> None:
    chosen = await selection(town)
    candidacy = await chosen.supported("Mette", "Mads")
    for assessor, state in (("Anna", "submitted"), ("Bo", "assessed")):
        identity = await chosen.assessment(candidacy, assessor)
        given = {"id": str(identity), **await chosen.scores(3)}
        done = (await _ask(town.client(assessor), _SUBMIT, input=given))["submitAssessment"]["assessment"]
        assert (done["mean"], done["candidacy"]["state"]) == (3, state)
        assert {one["score"] for one in done["scores"]} == {3}


async def test_hr_reads_a_cohort_with_its_candidates_in_one_question(town: Municipality) -> None:
    chosen = await selection(town)
    await chosen.supported("Mette", "Mads")
    (edge,) = (await _ask(chosen.hr, _COHORT, id=str(chosen.cohort)))["cohort"]["candidacies"]["edges"]
    assert edge["node"] == {
        "state": "submitted",
        "statement": {"supports": True, "reason": "Har overblik."},
        "person": {"givenName": "Mette", "talent": {"origins": ["application"]}},
    }


async def test_an_assessor_reads_ones_own_candidates_and_their_names_alone_over_graphql(town: Municipality) -> None:
    chosen = await selection(town)
    await chosen.supported("Mette", "Mads")
    document = "{ assessments { edges { node { person { givenName birthDate gender } } } } }"
    seen = await _ask(town.client("Anna"), document)
    assert [one["node"] for one in seen["assessments"]["edges"]] == [
        {"person": {"givenName": "Mette", "birthDate": None, "gender": None}}
    ]


_CALIBRATE = """
mutation ($input: CalibrateAssessmentInput!) {
  calibrateAssessment(input: $input) { assessment { mean calibrations { note replaced { score } } } }
}
"""
_DECLINE = """
mutation ($input: DeclineCandidacyInput!) {
  declineCandidacy(input: $input) { candidacy { state reason feedback allowedActions } }
}
"""
_ASK = """
mutation ($id: ID!) {
  askReconsideration(input: {id: $id, grounds: "Mit projekt er ikke set."}) {
    candidacy { reconsideration { id grounds succeeds } allowedActions }
  }
}
"""
_ANSWER = """
mutation ($input: AnswerReconsiderationInput!) {
  answerReconsideration(input: $input) { reconsideration { succeeds answer candidacy { state reason } } }
}
"""


async def test_F5_scores_are_calibrated_and_a_decline_is_reconsidered_over_graphql(town: Municipality) -> None:
    chosen = await selection(town)
    candidacy = str(await chosen.assessed("Mette", "Mads", anna=4, bo=2))
    for name in ("Hanne", "Ida"):
        await town.person(name, chosen.technics)
    hanne, ida, mette = (
        town.client("Hanne", Role.HR),
        town.client("Ida", Role.HR),
        town.client("Mette"),
    )
    bos = {"id": str(await chosen.assessment(UUID(candidacy), "Bo")), "note": "Anna så mere.", **await chosen.scores(4)}
    calibrated = (await _ask(town.client("Bo"), _CALIBRATE, input=bos))["calibrateAssessment"]["assessment"]
    assert calibrated["mean"] == 4
    assert {one["score"] for one in calibrated["calibrations"][0]["replaced"]} == {2}
    said = {"id": candidacy, "reason": "Andre er længere.", "feedback": "Led på tværs."}
    declined = (await _ask(hanne, _DECLINE, input=said))["declineCandidacy"]["candidacy"]
    assert (declined["state"], declined["reason"], declined["feedback"]) == (
        "declined",
        "Andre er længere.",
        "Led på tværs.",
    )
    asked = (await _ask(mette, _ASK, id=candidacy))["askReconsideration"]["candidacy"]
    assert (asked["reconsideration"]["succeeds"], asked["allowedActions"]) == (None, [])
    answer = {"id": asked["reconsideration"]["id"], "succeeds": True, "answer": "Det tæller med."}
    refused = (await hanne.post("/graphql", json={"query": _ANSWER, "variables": {"input": answer}})).json()
    assert refused["data"] is None, "whoever declined does not answer"
    answered = (await _ask(ida, _ANSWER, input=answer))["answerReconsideration"]["reconsideration"]
    assert answered == {
        "succeeds": True,
        "answer": "Det tæller med.",
        "candidacy": {"state": "assessed", "reason": None},
    }
