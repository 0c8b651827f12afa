from django.db import migrations


class Migration(migrations.Migration):
    """Wishes are an app of their own. Their tables stay: wishes/migrations/0001_from_trainings.py."""

    dependencies = [
        ('trainings', '0005_a_promise_in_an_answer'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(state_operations=[
            migrations.DeleteModel(name='WishVoice'),
            migrations.DeleteModel(name='Wish'),
            migrations.DeleteModel(name='CustomRequest'),
            migrations.DeleteModel(name='ThemeVote'),
        ]),
    ]
