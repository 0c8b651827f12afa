"""Addresses of wishes. These come before those of trainings: there a word is a training."""

from django.urls import path

from kennispunt.wishes import views

app_name = "wishes"
urlpatterns = [
    path("trainingen/wens/", views.overview, name="overview"),
    path("trainingen/wens/vraag/", views.ask, name="ask"),
    path("trainingen/wens/<int:pk>/intrekken/", views.take_back, name="take_back"),
    path("trainingen/wens/maatwerk/", views.custom, name="custom"),
    path("trainingen/stem/", views.vote, name="vote"),
    path("trainingen/stem/geef/", views.cast, name="cast"),
    path("balie/trainingen/wensen/", views.wanted, name="wanted"),
    path("balie/trainingen/wensen/<int:pk>/", views.wanted_one, name="wanted_one"),
    path("balie/trainingen/maatwerk/<int:pk>/", views.requested, name="requested"),
]
