"""Two people at once: what one does while another is in the middle of something else."""

import threading

from django.db import connection, transaction

LONG_ENOUGH = 0.7  # seconds in which whoever need not wait has read, and has written


def meanwhile(first, second) -> None:
    """Do `second` while the transaction in which `first` was done is still open; then let it end.

    Each has a connection of its own, so a test that asks this is a `transaction=True` one. What
    either raises is raised here.
    """
    done, may_end, problems = threading.Event(), threading.Event(), []

    def before():
        with transaction.atomic():
            first()
            done.set()
            may_end.wait(30)

    def alone(act):
        try:
            act()
        except BaseException as problem:
            problems.append(problem)
        finally:
            done.set()
            connection.close()

    one = threading.Thread(target=alone, args=[before])
    other = threading.Thread(target=alone, args=[second])
    one.start()
    done.wait(30)
    other.start()
    other.join(LONG_ENOUGH)
    may_end.set()
    for thread in (one, other):
        thread.join(60)
    if problems:
        raise problems[0]
