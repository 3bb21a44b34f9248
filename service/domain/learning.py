"""How leading is learned: the forms that modules, sessions and development take."""

from enum import StrEnum


class LearningForm(StrEnum):
    """A way to learn leading, from teaching to a degree (domain.md §3)."""

    TEACHING = "teaching"
    TRAINING_MODULE = "training_module"
    SIMULATION = "simulation"
    DILEMMA_EXERCISE = "dilemma_exercise"
    LEADER_STORY = "leader_story"
    NETWORK = "network"
    BETWEEN_MODULE_PROJECT = "between_module_project"
    INNOVATION_PROJECT = "innovation_project"
    SHADOWING = "shadowing"
    INTERNSHIP = "internship"
    MENTORING = "mentoring"
    COACHING = "coaching"
    SUPERVISION = "supervision"
    TEST_FEEDBACK = "test_feedback"
    SELF_DIRECTED = "self_directed"
    E_LEARNING = "e_learning"
    MICRO_LEARNING = "micro_learning"
    WORKSHOP = "workshop"
    CONFERENCE = "conference"
    CERTIFICATION = "certification"
    FORMAL_EDUCATION = "formal_education"


PRACTICE_NEAR = frozenset(
    {
        LearningForm.TRAINING_MODULE,
        LearningForm.SIMULATION,
        LearningForm.DILEMMA_EXERCISE,
        LearningForm.BETWEEN_MODULE_PROJECT,
        LearningForm.INNOVATION_PROJECT,
        LearningForm.SHADOWING,
        LearningForm.INTERNSHIP,
    }
)
"""Forms in which one tries leading oneself, in exercises close to the real thing or in the real thing (R7, L1) [G]."""
