"""The public register. The namespace "parties" has it all."""

from django.urls import path

from kennispunt.parties.views import register

app_name = "parties"
urlpatterns = [
    path("partijen/", register.overview, name="register"),
    path("partijen/wie-kan-meedoen/", register.criteria, name="criteria"),
    path("partijen/gebied/<slug:slug>/", register.area, name="area"),
    path("partijen/partij/<slug:key>/", register.party, name="party"),
]
