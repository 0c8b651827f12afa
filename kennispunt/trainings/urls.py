"""The agenda, signing up, one place, and my trainings."""

from django.urls import path

from kennispunt.trainings.views import agenda, places

app_name = "trainings"
urlpatterns = [
    path("trainingen/", agenda.agenda, name="agenda"),
    path("trainingen/plek/<str:token>/", places.place, name="place"),
    path("trainingen/<slug:slug>/", agenda.training, name="training"),
    path("trainingen/<slug:slug>/<int:pk>/", agenda.edition, name="edition"),
    path("trainingen/<slug:slug>/<int:pk>/inschrijven/", places.sign_up, name="sign_up"),
    path("mijn/trainingen/", places.mine, name="mine"),
    path("mijn/trainingen/<int:pk>/", places.answers, name="answers"),
]
