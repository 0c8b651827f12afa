"""Lists that were read with the name of a person become the blank lists that they are.

Files of 2018 to 2022 write "Lijst 3 (Achternaam, V.)", which was taken for a name. The search index
is made anew every day, so the names leave it by themselves.
"""

from django.db import migrations
from django.db.models import Max, Q

from kennispunt.elections.names import blank_list


def forget_persons(apps, schema_editor):
    lists = apps.get_model("elections", "ElectoralList").objects
    # All shapes that stand for no name have a number, a comma, or one of these words.
    shapes = Q(name__contains=",") | Q(name__regex=r"[0-9]")
    for word in ("blan", "zonder", "geen", "naamlo"):
        shapes |= Q(name__icontains=word)
    for one in lists.filter(shapes, blank_order=0).order_by("pk"):
        blank, number = blank_list(one.name)
        if blank:
            last = lists.filter(result=one.result_id).aggregate(last=Max("blank_order"))["last"]
            lists.filter(pk=one.pk).update(
                name="", folded="", blank_order=last + 1, number=one.number or number
            )


class Migration(migrations.Migration):
    dependencies = [("elections", "0002_results")]

    operations = [migrations.RunPython(forget_persons, migrations.RunPython.noop)]
