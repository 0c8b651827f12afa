"""Project leaders write texts, pictures and documents as editors do. Publishing asks a second reader."""

from django.db import migrations


def let_write(apps, schema_editor):
    groups = apps.get_model("auth", "Group").objects
    editors = groups.filter(name="Editors").first()
    leaders = groups.filter(name="Project leaders").first()
    if not editors or not leaders:
        return
    of_pages = apps.get_model("wagtailcore", "GroupPagePermission").objects
    for page, permission in of_pages.filter(group=editors).values_list("page", "permission"):
        of_pages.get_or_create(group=leaders, page_id=page, permission_id=permission)
    of_files = apps.get_model("wagtailcore", "GroupCollectionPermission").objects
    for folder, permission in of_files.filter(group=editors).values_list(
        "collection", "permission"
    ):
        of_files.get_or_create(group=leaders, collection_id=folder, permission_id=permission)


class Migration(migrations.Migration):
    dependencies = [
        ("pages", "0007_stewards_are_staff"),
        ("accounts", "0004_project_leaders_read_the_mail"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtailimages", "0027_image_description"),
        ("wagtaildocs", "0014_alter_document_file_size"),
    ]

    operations = [migrations.RunPython(let_write, migrations.RunPython.noop)]
