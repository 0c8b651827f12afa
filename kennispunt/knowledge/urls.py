"""Addresses that are not in the tree of pages."""

from django.urls import path

from kennispunt.knowledge import views
from kennispunt.knowledge.feeds import ChangedArticles

app_name = "knowledge"
urlpatterns = [
    path("begrippen/", views.terms, name="terms"),
    path("onderwerpen/<slug:slug>/<slug:name>.pdf", views.topic_pdf, name="topic_pdf"),
    path("onderwerpen/gewijzigd.atom", ChangedArticles(), name="feed"),
    path("kaart/<int:pk>-<slug:version>.png", views.picture, name="picture"),
]
