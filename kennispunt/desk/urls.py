"""The desk. What is done about a thing stands in the app of that thing."""

from django.urls import path

from kennispunt.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.desk, name="desk"),
    path("cijfers/", views.figures, name="figures"),
    path("griffiers/", views.griffiers, name="griffiers"),
]
