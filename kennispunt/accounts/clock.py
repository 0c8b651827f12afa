"""The tasks of the clock for accounts: codes and addresses in sessions do not outlive the code."""

from django_tasks import task

from kennispunt.accounts import unfinished


@task()
def forget_sessions_that_are_over():
    unfinished.forget_over()


@task()
def forget_codes_in_sessions():
    unfinished.forget_codes()


EVERY_MINUTE = [forget_sessions_that_are_over]
HOURLY = [forget_codes_in_sessions]
