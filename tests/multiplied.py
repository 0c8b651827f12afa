"""The same site with many of everything: each row is copied, of whatever model it is.

A copy keeps what it belongs to, so that it comes in the same lists. Where a constraint refuses that
(one open case for each party) it belongs to a copy. A model that comes is copied without anybody
thinking of it.
"""

import copy
from datetime import timedelta
from uuid import uuid4

from django.apps import apps
from django.db import models
from django.db.models import F, UniqueConstraint

from kennispunt.pages.models import BasePage
from tests.filled import is_numbered

MOST_ROWS = 40  # of one model that are copied; of more the last ones
USER = "accounts.User"
NOT_COPIED = {
    # The frame of the site, which grows with nothing.
    "auth", "contenttypes", "sessions", "wagtailcore", "wagtailsearch", "search",
    # The law says how many there are, and they are all there: about 400.
    "elections.Area", "elections.AreaSuccession", "elections.AreaResult",
}  # fmt: skip


class Multiplied:
    """`grow(1)` makes a copy of each row, `grow(30)` thirty more of the same rows."""

    def __init__(self):
        self.copies = {}  # {(label, pk): its copies}
        self.rows = {model: rows_of(model) for model in in_order(models_to_copy())}

    def grow(self, times):
        for model, rows in self.rows.items():
            for row in rows:
                made = self.copies.setdefault((model._meta.label, row.pk), [])
                if issubclass(model, BasePage):  # a copy is dear, and a few show the same
                    made += [page_like(row, len(made) + number) for number in range(times)[:4]]
                else:
                    numbers = range(len(made), len(made) + times)
                    new = [self.row_like(row, number) for number in numbers]
                    made += model._base_manager.bulk_create(new)
                    for field in model._meta.many_to_many:
                        link(field, row, new)

    def row_like(self, row, number):
        made = copy.copy(row)
        made._state = copy.copy(row._state)
        made._state.adding = True
        if not made._meta.pk.is_relation:
            made.pk = None
        for names in unique_sets(type(row)):
            fields = [made._meta.get_field(name) for name in names]
            self.change_one(made, fields, number)
        return made

    def change_one(self, made, fields, number):
        """One of these fields gets another value, so that all of them together are new."""
        for field in sorted(fields, key=hardness):
            old = getattr(made, field.attname)
            if old in (None, "") or field.choices or isinstance(field, models.BooleanField):
                continue
            if field.is_relation:
                setattr(made, field.name, self.other(field.related_model, old, number))
            else:
                setattr(made, field.attname, other_value(field, old, number))
            return

    def other(self, model, pk, number):
        """A copy of that row; of what is not copied another row."""
        if made := self.copies.get((model._meta.label, pk)):
            return made[number]
        return model._base_manager.exclude(pk=pk).order_by("pk")[number]


def models_to_copy():
    for model in apps.get_models():
        meta = model._meta
        page = issubclass(model, BasePage)
        if model is BasePage or meta.proxy or not meta.managed or (meta.parents and not page):
            continue
        if not {meta.app_label, meta.label} & NOT_COPIED:
            yield model


def rows_of(model):
    if issubclass(model, BasePage):
        return list(model.objects.filter(numchild=0).order_by("-pk")[:1])
    return list(model._base_manager.order_by("-pk")[:MOST_ROWS])


def in_order(found):
    """First what others point to."""
    left = list(found)
    while left:
        first = next((one for one in left if not needs(one) & set(left)), left[0])
        left.remove(first)
        yield first


def needs(model):
    fields = (field for field in model._meta.concrete_fields if field.is_relation)
    return {field.related_model for field in fields} - {model}


def unique_sets(model):
    """The names of fields that together are found once."""
    meta = model._meta
    yield from (
        [field.name] for field in meta.concrete_fields if field.unique and not is_numbered(field)
    )
    yield from meta.unique_together
    for one in meta.constraints:
        if isinstance(one, UniqueConstraint):
            yield one.fields or [part.name for part in flat(one.expressions) if isinstance(part, F)]


def flat(expressions):
    for one in expressions:
        yield one
        yield from flat(getattr(one, "get_source_expressions", list)())


def hardness(field):
    """First a plain value, then a person, then what takes the copy into another list."""
    return field.is_relation + (field.is_relation and field.related_model._meta.label != USER)


def other_value(field, old, number):
    if isinstance(field, models.UUIDField):
        return uuid4()
    if isinstance(field, models.EmailField):
        return f"x{number}-{old}"
    if isinstance(field, models.CharField | models.TextField | models.FileField):
        end = f"-{number}"
        return str(old)[: (field.max_length or 1000) - len(end)] + end
    return (
        old - timedelta(days=number + 1)
        if isinstance(field, models.DateField)
        else old + (number + 1) * 1000
    )


def page_like(page, number):
    new = {"slug": f"{page.slug}-{number}", "title": f"{page.title} {number}"}
    return page.copy(update_attrs=new, copy_revisions=False, log_action=None)


def link(field, row, made):
    """The copies have the same many-to-many links."""
    through = field.remote_field.through
    if through._meta.auto_created:
        of, to = field.m2m_column_name(), field.m2m_reverse_name()
        targets = through._base_manager.filter(**{of: row.pk}).values_list(to, flat=True)
        through._base_manager.bulk_create(
            through(**{of: one.pk, to: target}) for target in targets for one in made
        )
