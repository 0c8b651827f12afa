"""Yesterday's code still serves while the migrations of today run, and writes rows meanwhile."""

import pytest
from django.conf import settings
from django.db.migrations import AddField
from django.db.migrations.loader import MigrationLoader
from django.db.models import NOT_PROVIDED

OURS = {app for layer in settings.LAYERS for app in layer}
# From before the first release: there was no code of yesterday.
BEFORE = {
    ("pages", "0003_finalize_basepage_model"),
    ("parties", "0005_heard_from"),
    ("parties", "0007_the_register_is_kept"),
}
LATER = sorted(
    (key, migration)
    for key, migration in MigrationLoader(None).disk_migrations.items()
    if key[0] in OURS and key not in BEFORE and not migration.initial
)


@pytest.mark.parametrize("key, migration", LATER, ids=["-".join(key) for key, _ in LATER])
def test_new_column_takes_a_row_of_code_that_does_not_know_it(key, migration):
    added = [one for one in migration.operations if isinstance(one, AddField)]
    columns = [one for one in added if not one.field.many_to_many]

    assert [
        one.name for one in columns if not one.field.null and one.field.db_default is NOT_PROVIDED
    ] == []
