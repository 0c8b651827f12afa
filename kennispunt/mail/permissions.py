"""Permissions of the staff: to keep the mail going, and to read what people sent us."""


def may_keep_mail_going(user) -> bool:
    """Whether this person sends again what failed; the same people look after all that runs."""
    return user.has_perm("mail.change_outgoingmail")


def may_read_mail(user) -> bool:
    """Whether this person reads what came in."""
    return user.has_perm("mail.change_incomingmail")
