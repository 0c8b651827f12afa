"""Every period of this app in one table: how long we hold a place, and how long we keep.

docs/privacy.md explains the second part; retention.py keeps it.
"""

from datetime import datetime, timedelta

OFFER_HOLDS = timedelta(hours=24)
OFFER_HOLDS_AT_LEAST = timedelta(hours=1)
LAST_OFFERS = timedelta(hours=2)  # before it begins; then first come, first served
FIRST_TIME = timedelta(days=365)  # a party that had no place in the year before goes first
REMIND_BEFORE = timedelta(days=3)
MARK_BEFORE = timedelta(hours=2)  # from then a trainer marks who is there
MARK_WITHIN = timedelta(days=60)  # so long the desk asks for it
TRAINER_FIRST = timedelta(days=3)  # then it waits for the project leader too
THANK_AT_LATEST = timedelta(hours=12)  # after the end, when nobody marked who was there
THANK_WITHIN = timedelta(days=7)  # older trainings are not thanked for any more
ASK_LATER = timedelta(days=182)
CAMPAIGN = timedelta(days=21)  # before a day of voting: candidates have no evening left
DECIDE_BEFORE = timedelta(days=14)  # with too few people: does it go on?
DRAFTS_BEFORE = timedelta(days=42)  # a draft must be in the agenda: people need time to sign up
ASK_LATER_WITHIN = timedelta(days=30)
GIVEN_SHOWN = timedelta(days=182)  # how long an edition stays in the list of its trainer
ANSWER_WITHIN = timedelta(days=60)  # how long a link to an evaluation works

KEEP_DAYS = {
    "needs": 1,  # diet and access: until the day after
    "question": 30,  # what somebody wants to learn
    "free_text": 365,  # of an evaluation
    "attendance": 2 * 365,  # who was there; then only that somebody of the party was
}


def holds_until(starts_at: datetime, now: datetime) -> datetime | None:
    """Return until when an offered place is held. None: it begins too soon to offer anything.

    A day; less when it begins within four days, so that a place can still go to the next.
    """
    left = starts_at - now
    if left <= LAST_OFFERS:
        return None
    return now + min(OFFER_HOLDS, max(OFFER_HOLDS_AT_LEAST, left / 4))
