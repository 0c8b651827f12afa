"""The desk. What is done about a thing stands in the app of that thing."""

from django.urls import path

from kennispunt.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.desk, name="desk"),
    path("cijfers/", views.figures, name="figures"),
    path("handboek/", views.handbook, name="handbook"),
    path("handboek/<slug:name>/", views.handbook, name="chapter"),
    path("handboek/beelden/<str:name>", views.handbook_picture, name="handbook_picture"),
    path("griffiers/", views.griffiers, name="griffiers"),
]
