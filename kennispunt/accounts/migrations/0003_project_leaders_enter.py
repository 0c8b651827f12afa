"""Project leaders enter the back office, as Wagtail lets its own groups."""

from django.db import migrations


def let_enter(apps, schema_editor):
    group = apps.get_model("auth", "Group").objects.get(name="Project leaders")
    permissions = apps.get_model("auth", "Permission").objects
    group.permissions.add(
        permissions.get(content_type__app_label="wagtailadmin", codename="access_admin")
    )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_staff_groups"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
    ]

    operations = [migrations.RunPython(let_enter, migrations.RunPython.noop)]
