"""The promises of the desk: what it forgets, and when."""

from datetime import timedelta

from kennispunt.desk.models import MorningMail

KEEP_DAYS = 30


def forget_morning_mails(now):
    """Wanneer iemand van ons de laatste ochtendmail kreeg, dertig dagen nadat er geen meer kwam."""
    return MorningMail.objects.filter(went_at__lt=now - timedelta(days=KEEP_DAYS)).delete()[0]


PROMISES = [forget_morning_mails]
