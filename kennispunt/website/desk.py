"""What waits for who keeps the site going: a promise that was not kept."""

from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from kennispunt.ui.staff import Waiting
from kennispunt.website.forgetting import forget_daily

MAY = "mail.change_outgoingmail"  # who looks after what runs by itself


def waiting(user):
    """That not everything is forgotten that we promised, until it is."""
    if not user.has_perm(MAY):
        return
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
