from django.db import migrations


def connect(apps, schema_editor):
    """A no answered what was sent before it: who was refused keeps the way to object."""
    Application = apps.get_model("parties", "Application")
    Decision = apps.get_model("parties", "Decision")
    Mandate = apps.get_model("parties", "Mandate")
    closed = Application.objects.filter(state="closed", decision=None).exclude(sent_at=None)
    for one in closed.iterator():
        first = Decision.objects.filter(party=one.party_id, decided_at__gte=one.sent_at)
        first = first.order_by("decided_at", "pk").first()
        known = Mandate.objects.filter(party=one.party_id, person=one.person_id)
        is_accepted = known.exclude(accepted_on=None).exists()
        if first and (first.outcome == "decline") != is_accepted:
            Application.objects.filter(pk=one.pk).update(decision=first)


class Migration(migrations.Migration):
    dependencies = [("parties", "0009_cases_keep_what_was_promised")]

    operations = [migrations.RunPython(connect, migrations.RunPython.noop)]
