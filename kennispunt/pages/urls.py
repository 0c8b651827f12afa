from django.urls import path

from kennispunt.pages import views

app_name = "pages"
urlpatterns = [
    path("", views.react, name="react"),
    path("<str:ticket>/", views.reaction, name="reaction"),
    path("<str:ticket>/opmerking/", views.remark, name="remark"),
]
