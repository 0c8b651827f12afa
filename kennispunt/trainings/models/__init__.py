"""What there is: trainings and editions, places, what parties want."""

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
from kennispunt.trainings.models.wishes import CustomRequest, ThemeVote, Wish, WishVoice

__all__ = [
    "Attendance",
    "CouncilEvening",
    "CustomRequest",
    "Edition",
    "EditionMail",
    "Evaluation",
    "Meeting",
    "Notice",
    "QuietPeriod",
    "Registration",
    "Room",
    "Theme",
    "ThemeVote",
    "Training",
    "Wish",
    "WishVoice",
]
