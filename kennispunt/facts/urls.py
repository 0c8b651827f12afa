from django.urls import path

from kennispunt.facts import views

app_name = "facts"
urlpatterns = [
    path("over/feiten/", views.facts, name="facts"),
]
