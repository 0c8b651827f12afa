"""Jobs of the clock: offers that lapse, places that are offered on, reminders."""

from django.utils import timezone
from django_tasks import task

from kennispunt.trainings.actions import evaluating, places, reminding


@task()
def pass_places_on():
    """Offers that nobody answered go to the next; places that are free are offered."""
    now = timezone.now()
    places.lapse_offers(now)
    places.fill_all(now)


@task()
def remind():
    """Remind everyone with a place, a few days before each meeting, once."""
    reminding.remind(timezone.now())


@task()
def thank():
    """After a training: thanks with three questions, once."""
    evaluating.thank(timezone.now())


@task()
def ask_later():
    """Half a year after a training: one question, once."""
    evaluating.ask_later(timezone.now())


EVERY_MINUTE = [pass_places_on]
HOURLY = [remind, thank]
DAILY = [ask_later]
