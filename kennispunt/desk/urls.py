"""The desk. What is done about a thing stands in the app of that thing."""

from django.urls import path

from kennispunt.desk import colleague_views, views

app_name = "desk"
urlpatterns = [
    path("", views.desk, name="desk"),
    path("collegas/", colleague_views.colleague_list, name="colleagues"),
    path("collegas/uitnodigen/", colleague_views.invite, name="colleague_invite"),
    path("collegas/<int:pk>/", colleague_views.change, name="colleague"),
    path("collegas/<int:pk>/weg/", colleague_views.remove, name="colleague_remove"),
    path("collegas/<int:pk>/tweede-stap/", colleague_views.reset, name="colleague_reset"),
    path("cijfers/", views.figures, name="figures"),
    path("handboek/", views.handbook, name="handbook"),
    path("handboek/<slug:name>/", views.handbook, name="chapter"),
    path("handboek/beelden/<str:name>", views.handbook_picture, name="handbook_picture"),
    path("griffiers/", views.griffiers, name="griffiers"),
]
