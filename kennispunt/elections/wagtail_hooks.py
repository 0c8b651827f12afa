from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from kennispunt.elections.models import Area
from kennispunt.elections.viewsets import AreaPermissions, AreaViewSet

register_permission_policy(Area, AreaPermissions(Area))
register_snippet(AreaViewSet)
