"""Reviews and the responses in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, FromClause, Select, and_, exists, select

from service.domain.reviews.model import POOLED, Relation, Review, ReviewResponse, ReviewState
from service.domain.reviews.views import ReviewResponseView, ReviewView
from service.repo import leading
from service.repo.reading.source import ME, TODAY, Predicate, Source, among, constant
from service.repo.store import Rows, Session
from service.repo.tables import AggregateRow, JsonList, OptionalInstant, check, index, reference, table, unique


class ReviewRow(AggregateRow, table=True):
    """Questions about a person."""

    __table_args__ = (
        reference("person_id", "person"),
        reference("placement_id", "placement"),
        reference("participation_id", "participation"),
        check("ck_review_due", "due_on >= opens_on"),
        index("ix_review_person", "person_id"),
        index("ix_review_placement", "placement_id"),
        index("ix_review_participation", "participation_id"),
        index("ix_review_kind", "kind"),
        index("ix_review_opens", "state", "opens_on"),
        index("ix_review_due", "due_on", "id"),
        index("ix_review_held", "held_on"),
        index("ix_review_wish", "wish"),
        index("ix_review_updated", "updated_at", "id"),
    )

    kind: str
    person_id: UUID
    state: str
    questions: JsonList
    opens_on: date
    due_on: date
    placement_id: UUID | None
    participation_id: UUID | None
    shared_at: OptionalInstant
    held_on: date | None
    wish: bool | None
    flair: bool | None


class ReviewResponseRow(AggregateRow, table=True):
    """One respondent's part."""

    __table_args__ = (
        reference("review_id", "review"),
        reference("person_id", "person"),
        reference("respondent_id", "person"),
        unique("uq_review_response_respondent", "review_id", "respondent_id"),
        index("ix_review_response_person", "person_id"),
        index("ix_review_response_respondent", "respondent_id"),
        index("ix_review_response_updated", "updated_at", "id"),
    )

    review_id: UUID
    person_id: UUID
    respondent_id: UUID
    relation: str
    answers: JsonList
    submitted_at: OptionalInstant


def _responds(row: FromClause, *relations: Relation) -> ColumnElement[bool]:
    """The actor is a respondent of the review, in one of those relations where any are named."""
    response = table(ReviewResponseRow).alias()
    mine = select(response.c.id).where(response.c.review_id == row.c.id, response.c.respondent_id == ME)
    if relations:
        mine = mine.where(among(response.c.relation, relations))
    return exists(mine.correlate(row))


def _overdue(row: FromClause) -> ColumnElement[bool]:
    return and_(row.c.due_on < TODAY, among(row.c.state, (ReviewState.PLANNED, ReviewState.OPEN)))


REVIEWS = Source(
    view=ReviewView,
    table=table(ReviewRow),
    named={
        "self": lambda row: row.c.person_id == ME,
        "nearestManager": lambda row: leading.is_nearest_manager_of(row.c.person_id),
        "respondent": _responds,
        "host": lambda row: _responds(row, Relation.HOST),
    },
    columns={"overdue": _overdue},
    filters={
        "overdue": lambda row, value: _overdue(row) == value,
        "held": lambda row, value: row.c.held_on.is_not(None) == value,
    },
)


def _self(row: FromClause) -> ColumnElement[bool]:
    return row.c.person_id == ME


def _nearest_manager(row: FromClause) -> ColumnElement[bool]:
    return leading.is_nearest_manager_of(row.c.person_id)


def _named(row: FromClause) -> ColumnElement[bool]:
    """The actor is, or manages, whom it is about, and the respondent answers in a relation of their own."""
    of_own = among(row.c.relation, sorted(set(Relation) - POOLED))
    return and_(of_own, _self(row) | _nearest_manager(row))


def _review(row: FromClause, holds: Predicate) -> ColumnElement[bool]:
    review = table(ReviewRow).alias()
    return exists(select(review.c.id).where(review.c.id == row.c.review_id, holds(review)).correlate(row))


REVIEW_RESPONSES = Source(
    view=ReviewResponseView,
    table=table(ReviewResponseRow),
    named={
        "self": _self,
        "nearestManager": _nearest_manager,
        "named": _named,
        "respondent": lambda row: row.c.respondent_id == ME,
        "shared": lambda row: and_(_named(row), _review(row, lambda review: review.c.shared_at.is_not(None))),
        "open": lambda row: _review(row, lambda review: review.c.state == constant(ReviewState.OPEN)),
        "unanswered": lambda row: row.c.submitted_at.is_(None),
    },
    filters={"submitted": lambda row, value: row.c.submitted_at.is_not(None) == value},
)


def reviewed() -> Select[Any]:
    """The persons about whom the actor is asked, as long as the review is open."""
    response, review = table(ReviewResponseRow).alias(), table(ReviewRow).alias()
    return (
        select(response.c.person_id)
        .select_from(response.join(review, review.c.id == response.c.review_id))
        .where(response.c.respondent_id == ME, review.c.state == constant(ReviewState.OPEN))
    )


_DUE = "SELECT * FROM review WHERE state = 'planned' AND opens_on <= $1 ORDER BY id FOR UPDATE SKIP LOCKED"
_STILL_DUE = "SELECT EXISTS (SELECT FROM review WHERE state = 'planned' AND opens_on <= $1)"
_ALL_ANSWERED = "SELECT bool_and(submitted_at IS NOT NULL) FROM review_response WHERE review_id = $1"


@dataclass(eq=False)
class PostgresReviews(Rows[Review]):
    """`service.domain.reviews.ports.Reviews` in Postgres."""

    def __init__(self, session: Session) -> None:
        """Bind to one transaction."""
        super().__init__(session, REVIEWS, Review)

    async def due(self, today: date) -> Sequence[Review]:
        """Planned ones whose day has come, locked; what somebody else holds is left to them."""
        return [self.load(row) for row in await self.session.connection.fetch(_DUE, today)]

    async def still_due(self, today: date) -> bool:
        """There are planned ones whose day has come."""
        return await self.session.connection.fetchval(_STILL_DUE, today)


@dataclass(eq=False)
class PostgresReviewResponses(Rows[ReviewResponse]):
    """`service.domain.reviews.ports.ReviewResponses` in Postgres."""

    def __init__(self, session: Session) -> None:
        """Bind to one transaction."""
        super().__init__(session, REVIEW_RESPONSES, ReviewResponse)

    async def all_answered(self, review: UUID) -> bool:
        """Every respondent of the review has answered."""
        return await self.session.connection.fetchval(_ALL_ANSWERED, review)
