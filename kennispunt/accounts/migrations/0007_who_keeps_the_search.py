"""Editors and project leaders keep the search: its synonyms, and what was asked in vain."""

from django.db import migrations

MODELS = {
    "synonymgroup": ("groep synoniemen", ("add", "change", "delete", "view")),
    "missedquery": ("zoekvraag zonder antwoord", ("change", "delete", "view")),
}


def let_keep(apps, schema_editor):
    """Django makes permissions after all migrations: by hand here, as 0004 does."""
    groups = apps.get_model("auth", "Group").objects.filter(
        name__in=["Editors", "Project leaders"]
    )
    permissions = apps.get_model("auth", "Permission").objects
    for model, (title, actions) in MODELS.items():
        kind, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
            app_label="search", model=model
        )
        for action in actions:
            permission, _ = permissions.get_or_create(
                content_type=kind,
                codename=f"{action}_{model}",
                defaults={"name": f"Can {action} {title}"},
            )
            for group in groups:
                group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_one_way_to_write_an_address"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("search", "0001_initial"),
        ("wagtailcore", "0001_initial"),
    ]

    operations = [migrations.RunPython(let_keep, migrations.RunPython.noop)]
