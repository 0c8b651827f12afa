from django.conf import settings
from django.urls import path

from kennispunt.ui import views

app_name = "ui"
urlpatterns = [
    path("static/ui/site-<slug:version>.css", views.stylesheet, name="stylesheet"),
    path("favicon.ico", views.favicon, name="favicon"),
]
if settings.DEVELOPER_PAGES:
    from kennispunt.ui import gallery

    urlpatterns += [path("ui/", gallery.gallery, name="gallery")]
