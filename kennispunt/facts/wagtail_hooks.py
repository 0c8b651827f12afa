from django.urls import path
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from kennispunt.facts import second, views
from kennispunt.facts.models import Fact, Law
from kennispunt.facts.viewsets import FactsGroup, tell_uses
from kennispunt.ui.snippets import nobody_may

# Texts point to facts and facts to laws: give a fact an end date.
nobody_may("delete", models=[Fact, Law])
register_snippet(FactsGroup)
hooks.register("after_edit_snippet", tell_uses)


@hooks.register("register_admin_urls")
def addresses():
    return [path("feiten-nalezen/", views.unread, name="facts_unread")]


@hooks.register("register_log_actions")
def read_in_log(actions):
    actions.register_action(second.READ, "Nagelezen", "Nagelezen door een tweede")
