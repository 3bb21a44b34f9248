"""What may be read of reviews and of the responses in them."""

from datetime import date, datetime
from uuid import UUID

from service.domain.reading import Field, Filter, Many, One, Order, View
from service.domain.reviews.model import (
    RESPONSE,
    REVIEW,
    Answer,
    Question,
    Relation,
    ReviewKind,
    ReviewState,
)

_OF_TALK = ("hr", "top_management", "self", "nearestManager")

ReviewView = View(
    name="Review",
    plural="Reviews",
    path="reviews",
    doc="Questions about a person, put to respondents: a development talk, feedback, the debrief of a placement. "
    "When everybody has answered it is submitted; once shared, the person reads what is said.",
    visible_to=("hr", "top_management", "self", "nearestManager", "respondent"),
    subject="personId",
    shielded_to=("hr", "people:read", "people:write", "self", "nearestManager", "respondent"),
    machine=REVIEW,
    fields=(
        Field("kind", ReviewKind, "What sort of conversation or assessment it is."),
        Field("state", ReviewState, "Where it is in its life."),
        Field("questions", list[Question], "What is asked."),
        Field("opensOn", date, "The day on which it opens by itself."),
        Field("dueOn", date, "The last day for an answer."),
        Field("overdue", bool, "The last day is over and not everybody has answered."),
        Field("sharedAt", datetime | None, "When it was shared with the person it is about."),
        Field("heldOn", date | None, "The day on which the talk was held, where it was recorded so."),
        Field("wish", bool | None, "The person wishes to lead, as they said in the talk (F3).", _OF_TALK),
        Field("flair", bool | None, "The manager sees a flair for leading in them.", _OF_TALK, sensitive=True),
    ),
    relations=(
        One("person", "Person", "The person it is about."),
        One("placement", "Placement", "The placement whose debrief it is.", optional=True),
        One("participation", "Participation", "The programme participation that it belongs to.", optional=True),
        Many("responses", "ReviewResponse", "Who was asked, and what they answered."),
    ),
    filters=(
        Filter("personId", UUID, "Reviews about this person."),
        Filter("kind", ReviewKind, "Reviews of any of these kinds.", match="any"),
        Filter("state", ReviewState, "Reviews in any of these states.", match="any"),
        Filter("placementId", UUID, "The debrief of this placement."),
        Filter("participationId", UUID, "Reviews of this participation."),
        Filter("overdue", bool, "Reviews that are overdue, or that are not."),
        Filter("held", bool, "Talks that are recorded as held, or what is not."),
        Filter("wish", bool, "Talks in which the person wishes to lead, or does not."),
        Filter("dueFrom", date, "Reviews that are due on this day or later.", match="from", field="dueOn"),
        Filter("dueBefore", date, "Reviews that are due before this day.", match="before", field="dueOn"),
    ),
    orders=(
        Order("id", (), "In the order in which they were made."),
        Order("dueOn", ("dueOn",), "By the last day for an answer."),
    ),
)

ReviewResponseView = View(
    name="ReviewResponse",
    plural="ReviewResponses",
    path="review-responses",
    doc="One respondent's part in a review. The person it is about and the nearest manager see who answers as "
    "themselves, manager, host or mentor, and read the answers once the review is shared; colleagues' and reports' "
    "single answers stay with HR and top management.",
    visible_to=("hr", "top_management", "respondent", "named"),
    subject="personId",
    shielded_to=("hr", "people:read", "people:write", "self", "nearestManager", "respondent"),
    machine=RESPONSE,
    fields=(
        Field("relation", Relation, "What the respondent is to the person it is about."),
        Field(
            "answers",
            list[Answer] | None,
            "What was answered; null for whom it is not, or not yet.",
            ("hr", "top_management", "respondent", "shared"),
            sensitive=True,
        ),
        Field("submittedAt", datetime | None, "When it was answered."),
    ),
    relations=(
        One("review", "Review", "The review."),
        One("person", "Person", "The person it is about."),
        One("respondent", "Person", "Who is asked."),
    ),
    filters=(
        Filter("reviewId", UUID, "Responses in this review."),
        Filter("personId", UUID, "Responses about this person."),
        Filter("respondentId", UUID, "Responses that this person gives."),
        Filter("submitted", bool, "Responses that are given, or that are not."),
    ),
    orders=(Order("id", (), "In the order in which they were made."),),
)
