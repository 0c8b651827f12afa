"""Work for people who keep the site going: jobs that stand still, failed, or were not kept."""

from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from kennispunt.mail.permissions import may_keep_mail_going
from kennispunt.office.staff import StaffPage, Waiting
from kennispunt.website.forgetting import forget_daily
from kennispunt.website.heartbeat import began, failed_tasks, work_and_clock


def waiting(user):
    """Yield what waits, to people who look after what runs by itself."""
    if may_keep_mail_going(user):
        yield from still()
        yield from failed()
        yield from not_forgotten()


def pages(user):
    if may_keep_mail_going(user):
        yield StaffPage(
            "Techniek", reverse("website:technique"), "Of alles loopt, en wat er mislukte"
        )


def still():
    address, now = reverse("website:technique"), timezone.now()
    for one in began(work_and_clock(now)):
        yield Waiting("techniek", one.title, address, since=one.since or now, note=one.remedy)


def failed():
    """Forgetting has a line of its own."""
    tasks = [task for task in failed_tasks() if task.task_path != forget_daily.module_path]
    if tasks:
        yield Waiting(
            "techniek", "Taken mislukt", reverse("website:technique"),
            since=min(task.finished_at for task in tasks), count=len(tasks),
        )  # fmt: skip


def not_forgotten():
    """Yield that not everything is forgotten that we promised, until it is."""
    ours = DBTaskResult.objects.filter(task_path=forget_daily.module_path)
    last = ours.finished().order_by("-finished_at").first()
    if last and last.status == "FAILED":
        yield Waiting(
            "techniek", "Niet alles is vergeten wat we beloven", reverse("website:privacy"),
            since=last.finished_at, note=_what(last),
        )  # fmt: skip


def _what(result):
    """The promises by name: the last line of what the task said."""
    return result.traceback.strip().rpartition("PromiseNotKept: ")[2][:300]
