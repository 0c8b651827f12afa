"""A domain with an accent is kept as mail servers write it, so that one mailbox is one account."""

from django.db import migrations


def write_anew(apps, schema_editor):
    for label in ("accounts.User", "account.EmailAddress"):
        rows = apps.get_model(label).objects
        for row in rows.filter(email__regex=r"@.*[^\x00-\x7f]"):
            local, _, domain = row.email.rpartition("@")
            try:
                address = f"{local}@{domain.encode('idna').decode('ascii')}"
            except UnicodeError:
                continue
            if not rows.filter(email=address).exists():  # two accounts stay two: a person decides
                rows.filter(pk=row.pk).update(email=address)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_no_names_in_the_log"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]

    operations = [migrations.RunPython(write_anew, migrations.RunPython.noop)]
