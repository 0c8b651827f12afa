"""Stop a kind of mail; the door for a provider; and in development: read the mails."""

from django.conf import settings
from django.urls import path

from kennispunt.mail import views, webhooks

app_name = "mail"
urlpatterns = [
    path("stoppen/<str:code>/", views.stop, name="stop"),
    path("binnen/<slug:provider>/", webhooks.webhook, {"kind": "Inbound"}, name="inbound"),
    path("gemeld/<slug:provider>/", webhooks.webhook, {"kind": "Tracking"}, name="reported"),
]
if settings.DEVELOPER_PAGES:
    from kennispunt.mail import reading

    urlpatterns += [
        path("", reading.mails, name="mails"),
        path("<int:pk>/", reading.mail, name="mail"),
        path("<int:pk>/html/", reading.as_html, name="html"),
        path("<int:pk>/bron/", reading.source, name="source"),
    ]
