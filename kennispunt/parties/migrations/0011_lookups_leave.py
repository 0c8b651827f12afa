from django.db import migrations


class Migration(migrations.Migration):
    """Lookups are the office's. Their table stays: office/migrations/0001_lookups_from_parties.py."""

    dependencies = [
        ('parties', '0010_which_decision_answered'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(state_operations=[
            migrations.DeleteModel(name='Lookup'),
        ]),
    ]
