"""The right to look after the facts."""


def may_change_facts(user) -> bool:
    """Whether this person changes facts, and so reads what a colleague changed about one."""
    return user.has_perm("facts.change_fact")
