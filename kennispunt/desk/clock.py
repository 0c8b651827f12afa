"""The work that the clock starts: the morning mail to the staff."""

from django.utils import timezone
from django_tasks import task

from kennispunt.desk import morning


@task()
def tell_the_staff():
    morning.tell_all(timezone.now())


HOURLY = [tell_the_staff]
