"""The example people of PRODUCT: known passwords, so only in development."""

from django.contrib.auth.models import Group

from kennispunt.accounts.models import User

PASSWORD = "kennispunt"  # noqa: S105 - known on purpose; load_example refuses outside development

PEOPLE = {
    "anna@example.org": {"name": "Anna de Wit", "what": "chair of a party"},
    "bram@example.org": {"name": "Bram Visser", "what": "volunteer of the same party"},
    "carla@example.org": {"name": "Carla Mulder", "what": "board of a rival party"},
    "daan@example.org": {"name": "Daan Postma", "what": "founder"},
    "eva@example.org": {"name": "Eva Kok", "what": "editor", "group": "Editors"},
    "maud@example.org": {"name": "Maud Jansen", "what": "moderator", "group": "Moderators"},
    "tess@example.org": {"name": "Tess Bakker", "what": "trainer"},
    "petra@example.org": {"name": "Petra Smit", "what": "project leader", "superuser": True},
}


def load():
    """Make the example people. Safe to repeat."""
    for email, about in PEOPLE.items():
        user, new = User.objects.get_or_create(email=email, defaults={"name": about["name"]})
        if new:
            user.set_password(PASSWORD)
        user.is_superuser = about.get("superuser", False)
        user.save()
        if "group" in about:
            user.groups.add(Group.objects.get(name=about["group"]))
