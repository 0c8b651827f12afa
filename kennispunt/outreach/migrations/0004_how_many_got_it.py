from django.db import migrations
from django.db.models import Count


def count(apps, schema_editor):
    """Of the letters of before the outbox kept them: to how many they went."""
    mailings = apps.get_model("outreach", "Mailing").objects
    for mailing in mailings.filter(letter=None).annotate(went=Count("deliveries")):
        mailings.filter(pk=mailing.pk).update(delivered=mailing.went)


class Migration(migrations.Migration):
    dependencies = [("outreach", "0003_mailing_has_a_letter_to_many")]

    operations = [migrations.RunPython(count, migrations.RunPython.noop)]
