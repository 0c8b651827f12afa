"""What the clock starts: looking again at parties after an election, and at groups in the Kamer."""

from django.utils.timezone import localdate
from django_tasks import task

from kennispunt.parties.actions import anew


@task()
def look_again():
    """Open what has to be decided anew; a second time it finds nothing."""
    today = localdate()
    for election in anew.recent_elections(today):
        anew.look_again(election, on=today)
    anew.look_at_kamer(on=today)


DAILY = [look_again]
