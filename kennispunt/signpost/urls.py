"""The signpost. Dossiers are pages of editors and need no line here."""

from django.urls import path

from kennispunt.signpost import views

app_name = "signpost"
urlpatterns = [
    path("", views.roles, name="roles"),
    path("alles/", views.everything, name="everything"),
    path("hulp/<slug:slug>/", views.entry, name="entry"),
    path("hulp/<slug:slug>/fout/", views.report, name="report"),
    path("bevestigen/<str:token>/", views.confirm, name="confirm"),
    path("opmerking/<int:pk>/", views.remark, name="remark"),
    path("<slug:role>/", views.needs, name="needs"),
    path("<slug:role>/<slug:need>/", views.entries, name="entries"),
]
