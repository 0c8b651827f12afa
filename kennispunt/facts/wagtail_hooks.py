from django.urls import path
from wagtail import hooks
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from kennispunt.facts import second, views
from kennispunt.facts.models import Fact, Law
from kennispunt.facts.viewsets import FactsGroup, Kept, tell_uses

register_permission_policy(Fact, Kept(Fact))
register_permission_policy(Law, Kept(Law))
register_snippet(FactsGroup)
hooks.register("after_edit_snippet", tell_uses)


@hooks.register("register_admin_urls")
def addresses():
    return [path("feiten-nalezen/", views.unread, name="facts_unread")]


@hooks.register("register_log_actions")
def read_in_log(actions):
    actions.register_action(second.READ, "Nagelezen", "Nagelezen door een tweede")
