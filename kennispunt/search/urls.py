"""Searching the site."""

from django.urls import path

from kennispunt.search import views

app_name = "search"
urlpatterns = [
    path("", views.results, name="results"),
    path("suggesties/", views.suggestions, name="suggestions"),
]
