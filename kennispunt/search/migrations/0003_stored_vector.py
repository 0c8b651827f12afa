"""On PostgreSQL the set of tokens is stored, and indexed, beside the text it is made from."""

from django.db import migrations

from kennispunt.search.engines import ENGINES


def store(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX IF EXISTS search_index")
        for statement in ENGINES["postgresql"].CREATE:
            schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("search", "0002_engine_index")]
    operations = [migrations.RunPython(store, migrations.RunPython.noop, elidable=False)]
