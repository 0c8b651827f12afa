"""An editor writes, a second pair of eyes publishes: Wagtail's own workflow, in Dutch.

Wagtail's first migrations make it for the whole tree and give it to the group Moderators.
"""

from django.db import migrations

OLD, WORKFLOW, TASK = "Moderators approval", "Tweede paar ogen", "Nakijken en publiceren"


def make(apps, schema_editor):
    Workflow = apps.get_model("wagtailcore", "Workflow")
    if Workflow.objects.filter(name=WORKFLOW).exists():
        return
    workflow = Workflow.objects.filter(name=OLD).first()
    if workflow is None:
        return  # the staff arranged it in another way
    workflow.name = WORKFLOW
    workflow.save()
    apps.get_model("wagtailcore", "Task").objects.filter(name=OLD).update(name=TASK)


class Migration(migrations.Migration):
    dependencies = [
        ("knowledge", "0002_terms_in_order"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
