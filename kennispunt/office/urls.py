"""Addresses of the office."""

from django.urls import path

from kennispunt.office import views

app_name = "office"
urlpatterns = [path("mijn/inzage/", views.lookups, name="lookups")]
