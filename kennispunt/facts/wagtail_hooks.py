from wagtail import hooks
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from kennispunt.facts.models import Fact, Law
from kennispunt.facts.viewsets import FactsGroup, Kept, tell_uses

register_permission_policy(Fact, Kept(Fact))
register_permission_policy(Law, Kept(Law))
register_snippet(FactsGroup)
hooks.register("after_edit_snippet", tell_uses)
