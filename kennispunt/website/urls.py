"""The front door and the pages about ourselves."""

from django.urls import path

from kennispunt.website import technique, views

app_name = "website"
urlpatterns = [
    path("", views.home, name="home"),
    path("over/", views.about, name="about"),
    path("contact/", views.contact, name="contact"),
    path("toegankelijkheid/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("gezond/", technique.health, name="health"),
    path("gezond/werk/", technique.health_of_work, name="health_of_work"),
    path("balie/techniek/", technique.technique, name="technique"),
    path("robots.txt", views.robots, name="robots"),
    path("api/v1/", views.api, name="api"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
]
