"""The index follows the rows that it is made of, in the transaction that changes them."""

from collections.abc import Callable, Mapping
from operator import attrgetter

from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished, post_page_move

# A page is followed when it is published, moved or taken down: a draft changes nothing.
OF_PAGES = (page_published, page_unpublished, post_page_move)


def follow(rows: Mapping[type[Model], str], update: Callable[[str], None]) -> None:
    """Call update(key) when one of these rows is saved or deleted.

    `rows` says where in the row the key stands: {Training: "slug", Edition: "training.slug"}.
    """
    for model, key in rows.items():
        _follow(model, attrgetter(key), update)


def _follow(model, key, update):
    def changed(instance, **kwargs):
        if isinstance(instance, model):
            update(key(instance))

    is_page = issubclass(model, Page)
    for signal in OF_PAGES if is_page else (post_save,):
        # The signals of pages do not always say of which kind.
        signal.connect(changed, sender=None if is_page else model, weak=False)
    post_delete.connect(changed, sender=model, weak=False)
