"""The ground of our lists in the back office: mail, which stands low, has lists there too."""

from collections.abc import Callable, Iterable

from django.db.models import Model
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy


class NotChosen:
    """Before SnippetViewSet: rows that no form chooses have no list to choose from either.

    Wagtail shows such a list to everyone who enters the back office, whatever they may view.
    """

    def register_chooser_viewset(self):
        pass


class _Without(ModelPermissionPolicy):
    """Nobody may do these, whatever right they were given."""

    def __init__(self, model, refused):
        super().__init__(model)
        self.refused = refused

    def user_has_permission(self, user, action):
        return action not in self.refused and super().user_has_permission(user, action)


def nobody_may(*actions: str, models: Iterable[type[Model]]) -> None:
    """Let nobody do this ("delete", "add", "change") to rows of these models by hand.

    What other rows, texts and addresses point to is kept: it gets an end, or is made invisible.
    """
    for model in models:
        register_permission_policy(model, _Without(model, actions))


class _OnlyToLookAt(ModelPermissionPolicy):
    def __init__(self, model, may):
        super().__init__(model)
        self.may = may

    def user_has_permission(self, user, action):
        return action == "view" and self.may(user)


def only_to_look_at(model: type[Model], *, may: Callable) -> None:
    """Let nobody write, change or delete a row by hand; `may(user)` says who looks at them."""
    register_permission_policy(model, _OnlyToLookAt(model, may))
