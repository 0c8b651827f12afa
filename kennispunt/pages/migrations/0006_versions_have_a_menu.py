"""A version of a page that the site made itself gets its line in the history, and so its menu.

Texts from files were loaded without one: the first edit of such a page could not be undone.
"""

from django.db import migrations


def make(apps, schema_editor):
    Revision = apps.get_model("wagtailcore", "Revision")
    PageLogEntry = apps.get_model("wagtailcore", "PageLogEntry")
    BasePage = apps.get_model("pages", "BasePage")
    ContentType = apps.get_model("contenttypes", "ContentType")
    base = ContentType.objects.filter(app_label="pages", model="basepage").first()
    if base is None:
        return  # no page was ever made
    shown = PageLogEntry.objects.filter(content_changed=True, revision__isnull=False)
    shown = shown.exclude(action="wagtail.publish").values("revision")
    pages = BasePage.objects.in_bulk()
    PageLogEntry.objects.bulk_create(
        PageLogEntry(
            page_id=int(one.object_id), content_type_id=one.content_type_id, label=one.object_str,
            action="pages.kept", timestamp=one.created_at, user_id=one.user_id, revision_id=one.pk,
            content_changed=True,
        )
        for one in Revision.objects.filter(base_content_type=base).exclude(pk__in=shown)
        if int(one.object_id) in pages
    )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [
        ("pages", "0005_reaction"),
        ("wagtailcore", "0098_apitoken"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
