"""What may be read of evaluations and of the responses in them."""

from datetime import date, datetime
from uuid import UUID

from service.domain.evaluations.model import (
    EVALUATION,
    EVALUATION_RESPONSE,
    Audience,
    EvaluationAnswer,
    EvaluationQuestion,
    EvaluationResult,
    EvaluationState,
)
from service.domain.reading import Field, Filter, Many, One, Order, View

EvaluationView = View(
    name="Evaluation",
    plural="Evaluations",
    path="evaluations",
    doc="What those who were part of a programme were asked in the end, and what they say together. Groups under the "
    "organisation's anonymity threshold show nothing, and single answers are deleted when the results are made.",
    visible_to=("hr", "top_management", "works_council", "asked"),
    machine=EVALUATION,
    fields=(
        Field("questions", list[EvaluationQuestion], "What is asked, of whom."),
        Field("dueOn", date, "The last day for an answer."),
        Field("state", EvaluationState, "Whether answers are taken."),
        Field("asked", int, "How many answers were asked for.", exact_for=("hr", "top_management"), example=31),
        Field("answered", int, "How many were given.", exact_for=("hr", "top_management"), example=24),
        Field("results", list[EvaluationResult] | None, "What was said together; null until it is closed."),
        Field("closedOn", date | None, "When the results were made."),
    ),
    relations=(
        One("programme", "Programme", "What it is about."),
        Many("responses", "EvaluationResponse", "One's own part in it."),
    ),
    filters=(
        Filter("programmeId", UUID, "The evaluation of this programme."),
        Filter("state", EvaluationState, "Evaluations in any of these states.", match="any"),
        Filter("dueFrom", date, "Evaluations that are due on this day or later.", match="from", field="dueOn"),
        Filter("dueBefore", date, "Evaluations that are due before this day.", match="before", field="dueOn"),
    ),
    orders=(
        Order("id", (), "In the order in which they were opened."),
        Order("dueOn", ("dueOn",), "By the last day for an answer."),
    ),
)

EvaluationResponseView = View(
    name="EvaluationResponse",
    plural="EvaluationResponses",
    path="evaluation-responses",
    doc="One's own part in an evaluation. Nobody else sees it, not even HR.",
    visible_to=("respondent",),
    machine=EVALUATION_RESPONSE,
    fields=(
        Field("audience", Audience, "In which part one is asked."),
        Field("answers", list[EvaluationAnswer], "What one said; empty before, and once the results are made."),
        Field("submittedAt", datetime | None, "When one answered."),
    ),
    relations=(
        One("evaluation", "Evaluation", "The evaluation."),
        One("respondent", "Person", "Who is asked."),
    ),
    filters=(
        Filter("evaluationId", UUID, "One's part in this evaluation."),
        Filter("submitted", bool, "What one has answered, or has not."),
    ),
    orders=(Order("id", (), "In the order in which one was asked."),),
)
