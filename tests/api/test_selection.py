"""Assessing and deciding over REST: two blind assessors, an answer with a reason, a waitlist in order."""

from tests.municipality import Municipality
from tests.selection import selection


async def test_a_candidacy_is_assessed_when_both_assessors_have_submitted(town: Municipality) -> None:
    chosen = await selection(town)
    candidacy = await chosen.supported("Mette", "Mads")
    for assessor in ("Anna", "Bo"):
        assert await chosen.state(candidacy) == "submitted"
        identity = await chosen.assessment(candidacy, assessor)
        done = await town.client(assessor).post(f"/v1/assessments/{identity}/submit", json=await chosen.scores())
        assert done.status_code == 200, done.text
        assert done.json()["mean"] == 4
    assert await chosen.state(candidacy) == "assessed"
