"""The models: trainings and editions, and places in them."""

from kennispunt.trainings.models.places import (
    Attendance,
    EditionMail,
    Evaluation,
    Notice,
    Registration,
)
from kennispunt.trainings.models.training import (
    CouncilEvening,
    Edition,
    Meeting,
    QuietPeriod,
    Room,
    Theme,
    Training,
)

__all__ = [
    "Attendance",
    "CouncilEvening",
    "Edition",
    "EditionMail",
    "Evaluation",
    "Meeting",
    "Notice",
    "QuietPeriod",
    "Registration",
    "Room",
    "Theme",
    "Training",
]
