"""The example people of PRODUCT: known passwords, so only in development."""

import time

from allauth.account.models import EmailAddress
from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from django.contrib.auth.models import Group

from kennispunt.accounts.models import User

PASSWORD = "kennispunt"  # noqa: S105 - known on purpose; load_example refuses outside development
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105 - the same: the second factor of staff

PEOPLE = {
    "anna@example.org": {"name": "Anna de Wit", "what": "chair of a party"},
    "bram@example.org": {"name": "Bram Visser", "what": "volunteer of the same party"},
    "carla@example.org": {"name": "Carla Mulder", "what": "board of a rival party"},
    "daan@example.org": {"name": "Daan Postma", "what": "founder"},
    "eva@example.org": {"name": "Eva Kok", "what": "editor", "group": "Editors"},
    "maud@example.org": {"name": "Maud Jansen", "what": "moderator", "group": "Moderators"},
    "tess@example.org": {"name": "Tess Bakker", "what": "trainer", "group": "Trainers"},
    "petra@example.org": {
        "name": "Petra Smit",
        "what": "project leader",
        "group": "Project leaders",
        "superuser": True,
    },
}


def current_code():
    """Return the code that an app with TOTP_SECRET shows now."""
    counter = int(time.time()) // app_settings.TOTP_PERIOD
    return auth.format_hotp_value(auth.hotp_value(TOTP_SECRET, counter))


def load():
    """Make the example people. Safe to repeat."""
    for email, about in PEOPLE.items():
        user, new = User.objects.get_or_create(email=email, defaults={"name": about["name"]})
        if new:
            user.set_password(PASSWORD)
        user.is_superuser = about.get("superuser", False)
        user.save()
        user.keep_address()
        EmailAddress.objects.filter(user=user).update(verified=True)
        if "group" in about:
            user.groups.add(Group.objects.get(name=about["group"]))
        of_user = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP)
        is_staff = user.is_superuser or "group" in about
        if is_staff and not of_user.exists():
            auth.TOTP.activate(user, TOTP_SECRET)
