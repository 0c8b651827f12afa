"""Once a day the index is made anew: it counts words, and heals what an app forgot to say."""

from django_tasks import task

from kennispunt.search import index


@task()
def rebuild_index():
    index.rebuild()


DAILY = [rebuild_index]
