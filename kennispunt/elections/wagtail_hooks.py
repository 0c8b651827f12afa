"""The back office: areas to look up, and official results to take in."""

from django.contrib.auth.models import Permission
from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from kennispunt.elections import back_office
from kennispunt.elections.models import Area
from kennispunt.elections.viewsets import AreaViewSet
from kennispunt.ui.snippets import nobody_may

# Areas come from the list in the repository.
nobody_may("add", "delete", models=[Area])
register_snippet(AreaViewSet)


@hooks.register("register_admin_urls")
def addresses():
    return [
        path("uitslagen/", back_office.results, name="elections_results"),
        path("uitslagen/inlezen/", back_office.confirm, name="elections_confirm_results"),
    ]


@hooks.register("register_permissions")
def permissions():
    return Permission.objects.filter(
        content_type__app_label="elections", codename="import_election"
    )


class ResultsMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.has_perm(back_office.MAY_IMPORT)


@hooks.register("register_admin_menu_item")
def results_in_menu():
    return ResultsMenuItem("Uitslagen", reverse("elections_results"), icon_name="table", order=710)
