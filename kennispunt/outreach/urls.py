"""For griffiers, and the short address on a flyer."""

from django.urls import path

from kennispunt.outreach import views

app_name = "outreach"
urlpatterns = [
    path("griffiers/", views.griffiers, name="griffiers"),
    path("griffiers/brieven/", views.mailings, name="mailings"),
    path("griffiers/brieven/nieuw/", views.write, name="write"),
    path("griffiers/brieven/<int:pk>/", views.mailing, name="mailing"),
    path("griffiers/brieven/<int:pk>/wijzig/", views.change, name="change"),
    path("griffiers/adressen/", views.upload, name="upload"),
    path("griffiers/adressen/kolommen/", views.columns, name="columns"),
    path("griffiers/<slug:slug>/", views.area, name="area"),
    path("griffiers/<slug:slug>/uitleg.docx", views.docx, {"name": "uitleg"}, name="docx"),
    path("griffiers/<slug:slug>/brief.docx", views.docx, {"name": "brief"}, name="letter"),
    path("griffiers/<slug:slug>/flyer.pdf", views.flyer, name="flyer"),
    path("g/<slug:slug>/", views.short, name="short"),
]
