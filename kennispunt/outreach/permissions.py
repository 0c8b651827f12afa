"""The right to write to griffies: of whoever may change a mailing. The public pages need none."""

from django.db.models import Q

from kennispunt.accounts.models import User
from kennispunt.office.letters import ReviewedLetter


def may_write(user) -> bool:
    """Whether this person writes to griffies, and takes in their addresses."""
    return user.has_perm("outreach.change_mailing")


def writers():
    """Everyone who may write to griffies, and read what a colleague wrote."""
    permission = Q(
        groups__permissions__codename="change_mailing",
        groups__permissions__content_type__app_label="outreach",
    )
    people = User.objects.filter(permission | Q(is_superuser=True), is_active=True)
    return people.distinct().order_by("pk")


def may_read_for(user, mailing: ReviewedLetter) -> bool:
    """A second pair of eyes: somebody with the same right who did not write the letter."""
    return may_write(user) and user != mailing.written_by and mailing.waits
