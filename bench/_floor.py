"""The floor that pages are measured against: a bare Django view without middleware.

One query, and 20 posts through a minimal template; served by the same server as the site. Only
for a process of its own: gunicorn bench._floor.
"""

import os

import django
import environ
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import models
from django.http import HttpResponse
from django.template import Context, Template
from django.urls import path

settings.configure(
    SECRET_KEY="floor",
    ALLOWED_HOSTS=["127.0.0.1"],
    DATABASES={
        "default": environ.Env.db_url_config(os.environ["DATABASE_URL"]) | {"CONN_MAX_AGE": 60}
    },
    MIDDLEWARE=[],
    ROOT_URLCONF="bench._floor",
    LANGUAGE_CODE="nl",
    USE_TZ=True,
    TIME_ZONE="Europe/Amsterdam",
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
)
django.setup()

TEMPLATE = Template(
    "<!DOCTYPE html><html lang=nl><title>Vloer</title>{% for post in posts %}"
    '<article id="p{{ post.pk }}"><h2>{{ post.author }}</h2>'
    '<time>{{ post.at|date:"j F Y H:i" }}</time>{{ post.text|linebreaks }}</article>{% endfor %}'
)


class Post(models.Model):
    author = models.CharField(max_length=50)
    at = models.DateTimeField()
    text = models.TextField()

    class Meta:
        app_label = "bench"
        db_table = "bench_post"

    def __str__(self):
        return self.author


def posts(request):
    return HttpResponse(TEMPLATE.render(Context({"posts": Post.objects.order_by("pk")[:20]})))


def empty(request):
    return HttpResponse("leeg")


urlpatterns = [path("", posts), path("leeg/", empty)]
application = get_wsgi_application()
