"""The right to look after the signpost."""


def may_edit(user) -> bool:
    """Whether this person mends entries, and reads what is reported about them."""
    return user.has_perm("signpost.change_entry")
