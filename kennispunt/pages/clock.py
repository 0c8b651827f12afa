"""Jobs of the clock: links to elsewhere, a little each hour, so that no mail waits for it."""

from django.conf import settings
from django_tasks import task

from kennispunt.pages import checking

SECONDS = 45


@task()
def check_links():
    if settings.CHECK_LINKS:
        checking.run(seconds=SECONDS)


HOURLY = [check_links]
