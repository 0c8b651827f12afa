"""Puts the database of DATABASE_URL in the state of the last release, with what filled.json holds."""

import json
from base64 import b64decode
from pathlib import Path

import django
from django.apps import apps as current_apps
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

FILLED = Path(__file__).resolve().parent / "filled.json"


def migrate(released):
    """The models of the release. Of our own apps only its migrations; of what we use, all."""
    executor = MigrationExecutor(connection)
    ours = {app.label for app in current_apps.get_app_configs() if "kennispunt" in app.name}
    others = [node for node in executor.loader.graph.leaf_nodes() if node[0] not in ours]
    return executor.migrate([*others, *released.items()]).apps


def insert(cursor, model, names, rows):
    fields = [next(f for f in model._meta.local_fields if f.attname == name) for name in names]
    columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    table = connection.ops.quote_name(model._meta.db_table)
    cursor.executemany(
        f"INSERT INTO {table} ({columns}) VALUES ({places})",
        [[for_column(f, value) for f, value in zip(fields, row, strict=True)] for row in rows],
    )


def for_column(field, value):
    if isinstance(value, dict) and field.get_internal_type() == "BinaryField":
        return b64decode(value["base64"])
    is_json = field.get_internal_type() == "JSONField" and value is not None
    return json.dumps(value) if is_json else value


def restore():
    filled = json.loads(FILLED.read_text("utf-8"))
    connection.ensure_connection()
    connection.execute_wrappers.clear()  # what code of today does at a write, has no table yet
    apps = migrate(filled["migrations"])
    known = apps.get_models(include_auto_created=True)
    with transaction.atomic(), connection.cursor() as cursor:
        for model in known:  # what migrations put there, is among the rows
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")
        for label, (names, *rows) in filled["rows"].items():
            insert(cursor, apps.get_model(label), names, rows)
        for statement in connection.ops.sequence_reset_sql(no_style(), known):
            cursor.execute(statement)


if __name__ == "__main__":
    django.setup()
    restore()
