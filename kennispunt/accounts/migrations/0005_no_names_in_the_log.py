"""Take the names of accounts out of Wagtail's log; from now on it holds a number."""

from django.db import migrations
from django.db.models import F, Value
from django.db.models.functions import Concat


def take_out(apps, schema_editor):
    types = apps.get_model("contenttypes", "ContentType")
    accounts = types.objects.filter(app_label="accounts", model="user")
    entries = apps.get_model("wagtailcore", "ModelLogEntry")
    of_accounts = entries.objects.filter(content_type__in=accounts)
    of_accounts.update(label=Concat(Value("account "), F("object_id")), data={})


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_project_leaders_read_the_mail"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(take_out, migrations.RunPython.noop)]
