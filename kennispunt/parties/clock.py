"""The tasks of the clock: after an election, look again at parties and ask who still speaks."""

from django.utils.timezone import localdate
from django_tasks import task

from kennispunt.parties.actions import people, register, reopening
from kennispunt.parties.periods import elections_to_look_at


@task()
def look_again():
    """Open what has to be decided anew; a second time it finds nothing."""
    today = localdate()
    for election in elections_to_look_at(today):
        reopening.look_again(election, on=today)
    reopening.look_at_kamer(on=today)


@task()
def ask_who_speaks():
    """After an election: everyone is asked once, by mail."""
    today = localdate()
    for election in elections_to_look_at(today):
        people.ask_to_confirm(election, on=today)


@task()
def let_begin():
    """Names and areas of parties that begin or end today. Soon after midnight, so each hour."""
    register.take_effect(localdate())


HOURLY = [let_begin]
DAILY = [look_again, ask_who_speaks]
