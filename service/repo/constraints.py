"""What a broken constraint means, in the domain's words: one table for all of them."""

from typing import cast

import asyncpg

from service.domain.errors import Conflict, DomainError, Invalid
from service.domain.names import camel

BROKEN: dict[str, tuple[str, str]] = {
    "uq_organisation_slug": ("slug_taken", "Another organisation has this slug."),
    "uq_unit_external": ("external_id_taken", "Another unit has this id in that source system."),
    "uq_person_external": ("external_id_taken", "Another person has this id in that source system."),
    "uq_engagement_external": ("external_id_taken", "Another engagement has this id in that source system."),
    "uq_position_external": ("external_id_taken", "Another position has this id in that source system."),
    "uq_position_head": ("unit_has_head", "The unit already has a position that heads it."),
    "uq_framework_edition": ("edition_taken", "Somebody else made that edition at the same moment."),
    "uq_framework_published": ("edition_taken", "Somebody else published an edition at the same moment."),
    "uq_placement_acting": ("position_taken", "Somebody else leads from the position in that time."),
    "uq_review_response_respondent": ("respondent_twice", "Each respondent answers once."),
    "uq_talent_live": ("talent_exists", "The person has a live talent profile."),
    "uq_candidacy_person_cohort": ("candidacy_exists", "The person has a candidacy for this cohort."),
    "uq_nomination_nominator": ("already_nominated", "You have nominated the person for this cohort already."),
    "uq_reconsideration_candidacy": ("reconsideration_asked", "A candidacy is reconsidered once, and that was asked."),
    "uq_declared_relation_live": ("relation_declared", "The relation of the two is declared already."),
    "uq_assessment_assessor": ("assessor_assigned", "The assessor is named for this candidacy already."),
    "uq_participation_candidacy": ("participation_exists", "The candidacy has led to a participation already."),
    "pk_reported_programme": ("programme_reported", "A report counts the programme's candidates already."),
    "uq_attendance_participant": ("attendance_recorded", "Somebody else recorded it at the same moment."),
    "uq_hand_in_participant": ("already_handed_in", "You have handed it in; change that instead."),
    "uq_evaluation_programme": ("evaluation_exists", "The programme has an evaluation already."),
    "uq_certificate_participation": ("certificate_exists", "The participation has a certificate already."),
    "uq_engagement_primary": ("primary_engagement_taken", "The person has another primary engagement then."),
}
"""Constraint name → (code, sentence)."""


def translated(error: asyncpg.IntegrityConstraintViolationError) -> DomainError:
    """The domain error behind a broken constraint; a foreign key names the field that points nowhere.

    Raises the error itself where the constraint is not in the table: that is a defect, not an answer.
    """
    told = cast("dict[str, str | None]", error.as_dict())
    name = told.get("constraint_name") or ""
    if name in BROKEN:
        return Conflict(*BROKEN[name])
    if isinstance(error, asyncpg.ForeignKeyViolationError) and name.startswith("fk_"):
        column = name.removeprefix(f"fk_{told.get('table_name')}_")
        field = camel(column)
        return Invalid("unknown_reference", f"What {field} names does not exist.", pointer=f"/{field}")
    raise error
