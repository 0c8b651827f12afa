"""Noticing that public pages may look different: every write to a table that they may show.

Every table may be shown, except those that its app says are not: a table that nobody thought of
costs speed, never a stale page. What others than editors can have written, must be among these, or
anybody could empty the cache: tests/test_promises.py holds each app to it. A write is noticed in
the SQL itself, so update() and bulk_create() count too.
"""

import re
from functools import cache

from django.apps import apps
from django.db import connections, transaction
from django.db.backends.signals import connection_created
from django.db.models import Count, Max
from django.db.models.signals import post_migrate, pre_migrate

from kennispunt.pagecache.models import Change

WRITE = re.compile(
    r"\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM|REPLACE INTO)\s+\"?(\w+)", re.I
)
RECORD = f'INSERT INTO "{Change._meta.db_table}" (at) VALUES (CURRENT_TIMESTAMP)'  # noqa: S608

_listeners = []
_migrating = False


def on_change(listener):
    """Call this, in this process, when a change is there for all to see."""
    _listeners.append(listener)


def version() -> str:
    """Another text after every change. One small query."""
    found = Change.objects.aggregate(last=Max("id"), count=Count("id"))
    # Ids may appear out of order, when a longer transaction ends later; the count tells.
    return f"{found['last']}-{found['count']}"


@cache
def shown_tables() -> frozenset[str]:
    """The tables that a public page may show."""
    ignored = not_shown()
    models = apps.get_models(include_auto_created=True)
    return frozenset(
        model._meta.db_table
        for model in models
        if not {f"{model._meta.app_label}.*", model._meta.label_lower} & ignored
    )


def not_shown() -> set[str]:
    """Return what the apps say of their own tables, and of those of packages that they bring:

    class MailConfig(AppConfig):
        cached_pages_never_show = ["*"]  # or names of models, or "account.*"
    """
    return {
        (name if "." in name else f"{config.label}.{name}").lower()
        for config in apps.get_app_configs()
        for name in getattr(config, "cached_pages_never_show", ())
    }


def notice(execute, sql, params, many, context):
    """Around every statement: a write to such a table adds a Change to the same transaction."""
    result = execute(sql, params, many, context)
    written = WRITE.match(sql) if isinstance(sql, str) else None
    if written and written[1] in shown_tables() and not _migrating:
        record(context["connection"])
    return result


def record(connection):
    """Add a Change, once for each transaction.

    A savepoint that is rolled back takes its hooks along, and its Change: then it is added anew.
    """
    if any(hook is announce for _, hook, _ in connection.run_on_commit):
        return
    with connection.cursor() as cursor:
        cursor.execute(RECORD)
    transaction.on_commit(announce, using=connection.alias)


def announce():
    for listener in _listeners:
        listener()


def attach(connection, **kwargs):
    if notice not in connection.execute_wrappers:
        connection.execute_wrappers.append(notice)


def migrating(**kwargs):
    """The table may not be there yet, or not any more."""
    global _migrating
    _migrating = True


def migrated(using, **kwargs):
    global _migrating
    _migrating = False
    connection = connections[using]
    if Change._meta.db_table in connection.introspection.table_names():
        record(connection)


def watch():
    connection_created.connect(attach)
    for connection in connections.all(initialized_only=True):
        attach(connection)
    pre_migrate.connect(migrating)
    post_migrate.connect(migrated)
