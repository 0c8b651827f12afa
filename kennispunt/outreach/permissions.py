"""Who writes to griffies: whoever may change a mailing. Reading the public pages needs nothing."""

MAY_WRITE = "outreach.change_mailing"


def may_approve(user, mailing) -> bool:
    """A second pair of eyes: somebody with the same right who did not write the letter."""
    return user.has_perm(MAY_WRITE) and user != mailing.written_by
