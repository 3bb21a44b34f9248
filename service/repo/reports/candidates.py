"""Everybody who has applied, by the coarse values that reports count."""

from collections.abc import Iterable

from service.domain.candidacies.states import CandidacyState
from service.domain.participations.model import ParticipationState
from service.domain.reports.openness.model import AGE_BANDS, AgeBand, Stage

_S = CandidacyState


def listed(words: Iterable[str]) -> str:
    """Words of the domain as a list in SQL."""
    return ", ".join(f"'{one}'" for one in words)


_AGE = """coalesce(
    extract(year FROM age((d.submitted_at AT TIME ZONE 'UTC')::date, n.birth_date)),
    extract(year FROM d.submitted_at AT TIME ZONE 'UTC') - n.birth_year)"""

_BAND = " ".join(
    ["CASE WHEN", _AGE, f"IS NULL THEN '{AgeBand.UNKNOWN}'"]
    + [f"WHEN {_AGE} < {below} THEN '{band}'" for band, below in AGE_BANDS]
    + [f"ELSE '{AgeBand.OLDEST}' END"]
)

_CAME_TO = "EXISTS (SELECT FROM event e WHERE e.resource_id = d.id AND e.type = 'candidacy.{word}')"

CANDIDATES = f"""
SELECT d.id, c.programme_id, d.administration_id, n.gender, {_BAND} AS age_band, d.ways ->> 0 AS way,
       CASE WHEN d.state = '{_S.ACCEPTED}' AND EXISTS (
                     SELECT FROM participation q
                     WHERE q.candidacy_id = d.id AND q.state = '{ParticipationState.COMPLETED}'
                 ) THEN '{Stage.COMPLETED}'
            WHEN d.state = '{_S.ACCEPTED}' THEN '{Stage.ACCEPTED}'
            WHEN d.state IN ({listed((_S.OFFERED, _S.TURNED_DOWN, _S.LAPSED))}) THEN '{Stage.OFFERED}'
            WHEN {_CAME_TO.format(word=_S.OFFERED)} THEN '{Stage.OFFERED}'
            WHEN {_CAME_TO.format(word=_S.ASSESSED)} THEN '{Stage.ASSESSED}'
            ELSE '{Stage.APPLIED}' END AS reached
FROM candidacy d JOIN cohort c ON c.id = d.cohort_id JOIN person n ON n.id = d.person_id
WHERE d.submitted_at IS NOT NULL
"""  # noqa: S608  -- words of the domain
"""One row for each candidacy that was ever sent in, and how far it came: whoever takes it back keeps that."""
