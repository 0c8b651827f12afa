"""The back office: what we saw of the links to elsewhere."""

from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from kennispunt.pages import views


@hooks.register("register_admin_urls")
def addresses():
    return [
        path("links/", views.links, name="pages_links"),
        path("links/<int:pk>/", views.decide_link, name="pages_decide_link"),
    ]


@hooks.register("register_reports_menu_item")
def links_in_menu():
    return MenuItem("Links naar buiten", reverse("pages_links"), icon_name="link", order=210)
