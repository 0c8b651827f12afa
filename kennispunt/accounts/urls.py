"""Addresses of one's own pages. Signing in itself is allauth's, at /account/."""

from django.urls import path

from kennispunt.accounts import typed, views

app_name = "accounts"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("gegevens.json", views.download, name="download"),
    path("getypt/wissen/", typed.forget, name="forget_typed"),
    path("mail/", views.mail, name="mail"),
    path("intrekken/", views.withdraw_consent, name="withdraw_consent"),
    path("wissen/", views.delete, name="delete"),
]
