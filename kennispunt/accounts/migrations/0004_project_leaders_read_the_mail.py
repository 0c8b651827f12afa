"""Project leaders read the mail that waits, and see what did not arrive."""

from django.db import migrations

MODELS = {"incomingmail": "binnengekomen mail", "outgoingmail": "uitgaande mail"}


def let_read(apps, schema_editor):
    """Django makes permissions after all migrations: by hand here, as Wagtail does with its own."""
    group = apps.get_model("auth", "Group").objects.get(name="Project leaders")
    permissions = apps.get_model("auth", "Permission").objects
    for model, title in MODELS.items():
        kind, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
            app_label="mail", model=model
        )
        for action in ("view", "change"):
            permission, _ = permissions.get_or_create(
                content_type=kind,
                codename=f"{action}_{model}",
                defaults={"name": f"Can {action} {title}"},
            )
            group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_project_leaders_enter"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("mail", "0003_incoming"),
    ]

    operations = [migrations.RunPython(let_read, migrations.RunPython.noop)]
