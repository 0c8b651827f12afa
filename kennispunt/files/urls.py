from django.urls import path

from kennispunt.files import views

app_name = "files"
urlpatterns = [path("<uuid:key>/", views.file, name="file")]
