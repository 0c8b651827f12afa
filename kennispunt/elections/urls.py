from django.urls import path

from kennispunt.elections import views

app_name = "elections"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("gebied/", views.areas, name="areas"),
    path("gebied/<slug:slug>.ics", views.area_agenda),
    path("gebied/<slug:slug>/<slug:situation>.ics", views.area_agenda, name="area_agenda"),
    path("gebied/<slug:slug>/", views.area_page, name="area"),
    path("<slug:slug>.ics", views.agenda, name="agenda"),
    path("<slug:slug>.json", views.as_json, name="json"),
    path("<slug:slug>/", views.election_page, name="election"),
    path("<slug:slug>/<slug:situation>.ics", views.agenda, name="situation_agenda"),
    path("<slug:slug>/<slug:situation>.json", views.as_json, name="situation_json"),
    path("<slug:slug>/<slug:situation>/", views.situation_page, name="situation"),
    path(
        "<slug:slug>/<slug:situation>/blad/",
        views.situation_page,
        {"template": "elections/sheet.html"},
        name="sheet",
    ),
]
