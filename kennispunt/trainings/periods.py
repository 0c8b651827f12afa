"""Every period of this app in one table: how long we hold a place, and how long we keep.

docs/privacy.md explains the second part; retention.py keeps it.
"""

from datetime import datetime, timedelta

OFFER_HOLDS = timedelta(hours=24)
OFFER_HOLDS_AT_LEAST = timedelta(hours=1)
LAST_OFFERS = timedelta(hours=2)  # before it begins; then it is who comes first
FIRST_TIME = timedelta(days=365)  # a party that had no place in the year before goes first
REMIND_BEFORE = timedelta(days=3)
ASK_LATER = timedelta(days=182)

KEEP_DAYS = {
    "needs": 1,  # diet and access: until the day after
    "question": 30,  # what somebody wants to learn
    "free_text": 365,  # of an evaluation
    "attendance": 2 * 365,  # who was there; then only that somebody of the party was
}


def holds_until(starts_at: datetime, now: datetime) -> datetime | None:
    """Until when an offered place is held. None: it begins too soon to offer anything.

    A day; less when it begins within four days, so that a place can still go to the next.
    """
    left = starts_at - now
    if left <= LAST_OFFERS:
        return None
    return now + min(OFFER_HOLDS, max(OFFER_HOLDS_AT_LEAST, left / 4))
