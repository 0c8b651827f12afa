"""Every address of the site, put together."""

from django.urls import include, path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from kennispunt.files.views import picture
from kennispunt.website.api import api
from kennispunt.website.errors import page_not_found

urlpatterns = [
    path("", include("kennispunt.website.urls")),
    path("api/v1/", api.urls),
    path("", include("kennispunt.facts.urls")),
    path("", include("kennispunt.knowledge.urls")),
    path("", include("kennispunt.office.urls")),
    path("", include("kennispunt.parties.urls")),
    path("", include("kennispunt.wishes.urls")),
    path("", include("kennispunt.trainings.urls")),
    path("", include("kennispunt.outreach.urls")),
    path("", include("kennispunt.ui.urls")),
    path("kalender/", include("kennispunt.elections.urls")),
    path("reactie/", include("kennispunt.pages.urls")),
    path("wegwijzer/", include("kennispunt.signpost.urls")),
    path("zoeken/", include("kennispunt.search.urls")),
    path("account/login/code/", RedirectView.as_view(pattern_name="account_login")),
    path("account/", include("allauth.urls")),
    path("balie/", include("kennispunt.desk.urls")),
    path("mail/", include("kennispunt.mail.urls")),
    path("mijn/", include("kennispunt.accounts.urls")),
    # Signing in and my own details have one place, and it is not Wagtail's.
    path("beheer/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path("beheer/account/", RedirectView.as_view(pattern_name="accounts:mine")),
    path("beheer/failwhale/", page_not_found),  # Wagtail's fault on purpose
    path("beheer/", include(wagtailadmin_urls)),
    path("media/<path:name>", picture, name="picture"),
    path("bestanden/", include("kennispunt.files.urls")),
    path("bestanden/", include(wagtaildocs_urls)),
    # Where Wagtail sends who may not read a page yet.
    path(
        "_util/login/",
        RedirectView.as_view(pattern_name="account_login", query_string=True),
        name="wagtailcore_login",
    ),
    # Last: pages that editors compose answer for every other address.
    *(pattern for pattern in wagtail_urls.urlpatterns if pattern.name != "wagtailcore_login"),
]

handler400 = "kennispunt.website.errors.bad_request"
handler403 = "kennispunt.website.errors.permission_denied"
handler404 = "kennispunt.website.errors.page_not_found"
handler429 = "kennispunt.website.errors.too_many_requests"  # allauth asks for it
handler500 = "kennispunt.website.errors.server_error"
