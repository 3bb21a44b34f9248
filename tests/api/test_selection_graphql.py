"""The selection through the GraphQL door: the same use cases, the same eyes."""

from typing import Any

import httpx

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
