"""Columns of the lists in the back office that say in Dutch what they hold."""

from wagtail.admin.ui.tables import Column


class YesNo(Column):
    """A tick as a word: Wagtail shows True and False."""

    def get_value(self, instance):
        return "ja" if super().get_value(instance) else "nee"


def yes_no(name: str, label: str) -> YesNo:
    return YesNo(name, label=label, sort_key=name)
