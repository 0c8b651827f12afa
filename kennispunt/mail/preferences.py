"""The mails that an address wants. Kept by address: mail knows nobody, and needs no account."""

from kennispunt.mail import kinds
from kennispunt.mail.models import MailChoice
from kennispunt.ui.links import full_address


def wants(address: str, purpose: str) -> bool:
    """Whether mail with this purpose may go to this address."""
    kind = kinds.of(purpose)
    if kind is None or not kind.optional:
        return True
    choice = MailChoice.objects.filter(address=address.lower(), kind=kind.name).first()
    return choice.wanted if choice else kind.default


def choose(address: str, kind: str, wanted: bool) -> None:
    """Keep what somebody chose for an optional kind."""
    MailChoice.objects.update_or_create(
        address=address.lower(), kind=kind, defaults={"wanted": wanted}
    )


def chosen(address: str) -> dict[str, bool]:
    """Return what this address gets of each optional kind."""
    own = dict(MailChoice.objects.filter(address=address.lower()).values_list("kind", "wanted"))
    return {k.name: own.get(k.name, k.default) for k in kinds.every() if k.optional}


def stop_address(address: str, purpose: str) -> str:
    """The page where this address stops mails of this kind, without signing in; "" when it cannot.

    The address of the page holds a code, not who it is about.
    """
    kind = kinds.of(purpose)
    if kind is None or not kind.optional:
        return ""
    choice, _ = MailChoice.objects.get_or_create(
        address=address.lower(), kind=kind.name, defaults={"wanted": kind.default}
    )
    return full_address("mail:stop", choice.code)


def move(old: str, new: str) -> None:
    """Somebody has another address now, and still wants the same."""
    MailChoice.objects.filter(address=new.lower()).delete()
    MailChoice.objects.filter(address=old.lower()).update(address=new.lower())


def export(address: str) -> dict[str, bool]:
    return dict(MailChoice.objects.filter(address=address.lower()).values_list("kind", "wanted"))


def forget(address: str) -> None:
    MailChoice.objects.filter(address=address.lower()).delete()
