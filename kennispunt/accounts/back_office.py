"""Wagtail's accounts as an app of INSTALLED_APPS, with our screens instead of its own."""

from wagtail.users.apps import WagtailUsersAppConfig


class UsersConfig(WagtailUsersAppConfig):
    user_viewset = "kennispunt.accounts.viewsets.UserViewSet"
