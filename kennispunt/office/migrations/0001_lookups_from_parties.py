import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def rename_type(apps, old, new):
    """What is kept about a model by its type (rights, references) comes along."""
    types = apps.get_model("contenttypes", "ContentType").objects
    if not types.filter(app_label=new, model="lookup").exists():
        types.filter(app_label=old, model="lookup").update(app_label=new)


def come_along(apps, schema_editor):
    rename_type(apps, "parties", "office")


def go_back(apps, schema_editor):
    rename_type(apps, "office", "parties")


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('contenttypes', '0002_remove_content_type_name'),
        ('parties', '0011_lookups_leave'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # The table is there, by the name it has: code of yesterday reads and writes it too.
        migrations.SeparateDatabaseAndState(state_operations=[
            migrations.CreateModel(
                name='Lookup',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('what', models.CharField(max_length=60, verbose_name='wat')),
                    ('on', models.DateField(verbose_name='op')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('staff', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'inzage',
                    'verbose_name_plural': 'inzages',
                    'db_table': 'parties_lookup',
                    'ordering': ['-on', '-pk'],
                    'constraints': [models.UniqueConstraint(fields=('person', 'staff', 'what', 'on'), name='lookup_is_told_once_a_day')],
                },
            ),
        ]),
        migrations.RunPython(come_along, go_back),
    ]
