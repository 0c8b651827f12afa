"""Reading of a text by a second person: Wagtail's workflow, told by our mail.

Wagtail would mail by itself, past the outbox and in the request; our handlers take the place of
its own. People who want no mail of this say so at /beheer/account/. On the desk it stands anyway.
"""

from collections.abc import Iterable

from django.db.models import Q
from wagtail import signals
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Task, TaskState, WorkflowState
from wagtail.users.models import UserProfile

from kennispunt.accounts.models import User
from kennispunt.mail.send import send
from kennispunt.ui.links import full_address

# Wagtail's names for its own handlers: one handler for each name.
OURS = {
    "group_approval_task_submitted_email_notification": (signals.task_submitted, TaskState),
    "workflow_state_submitted_email_notification": (signals.workflow_submitted, WorkflowState),
    "workflow_state_rejected_email_notification": (signals.workflow_rejected, WorkflowState),
    "workflow_state_approved_email_notification": (signals.workflow_approved, WorkflowState),
    "pages_review_stopped": (signals.workflow_cancelled, WorkflowState),
}


# --- What waits ----------------------------------------------------------------------------------


def to_review(user) -> list[TaskState]:
    """Return what this person may approve and did not send in herself, the oldest first."""
    found = TaskState.objects.none()
    for task in Task.objects.active().specific():
        found |= task.get_task_states_user_can_moderate(user)
    found = found.exclude(workflow_state__requested_by=user).order_by("started_at", "pk")
    found = found.filter(workflow_state__status=WorkflowState.STATUS_IN_PROGRESS)
    found = found.select_related("workflow_state__base_content_type", "workflow_state__workflow")
    return [one for one in found if one.workflow_state.content_object]


def came_back(user) -> list[WorkflowState]:
    """Return what was sent back to this person; or to somebody who is gone, for reviewers."""
    found = WorkflowState.objects.filter(status=WorkflowState.STATUS_NEEDS_CHANGES)
    found = found.select_related("current_task_state", "base_content_type", "requested_by")
    rows = found.order_by("current_task_state__finished_at", "pk")
    return [one for one in rows if one.content_object and is_for(user, one)]


def is_for(user, state: WorkflowState) -> bool:
    author = state.requested_by
    if author and author.is_active:
        return author == user
    task = state.current_task_state and state.current_task_state.task.specific
    return bool(task and task.get_actions(state.content_object, user))


def title_of(thing) -> str:
    """Return its title now, also before it is on the site."""
    return getattr(thing, "draft_title", "") or str(thing)


def edit_address(thing, user) -> str:
    return AdminURLFinder(user).get_edit_url(thing) or ""


def is_new(thing) -> bool:
    return not getattr(thing, "first_published_at", True)


# --- What is told --------------------------------------------------------------------------------


def connect() -> None:
    """Our handlers under the names of Wagtail's, whichever app is ready first."""
    handlers = [task_submitted, nobody, sent_back, approved, stopped]
    for (name, (signal, sender)), handler in zip(OURS.items(), handlers, strict=True):
        signal.disconnect(sender=sender, dispatch_uid=name)
        signal.connect(handler, sender=sender, dispatch_uid=name)


def nobody(sender, **kwargs):
    """Tell nobody: reviewers hear it from the task."""


def task_submitted(sender, instance, user, **kwargs):
    state = instance.workflow_state
    thing = state.content_object
    for reader in readers(instance.task.specific, but=[state.requested_by, user]):
        write("to_review", reader, thing, is_new=is_new(thing))


def readers(task, *, but: Iterable) -> list[User]:
    """Return the people who may approve this task and want to hear of it."""
    groups = getattr(task, "groups", None)
    found = User.objects.filter(Q(groups__in=groups.all() if groups else []) | Q(is_superuser=True))
    found = found.filter(is_active=True).exclude(pk__in=[one.pk for one in but if one])
    return [one for one in found.distinct().order_by("pk") if wants(one, "submitted")]


def wants(person, what) -> bool:
    return getattr(UserProfile.get_for_user(person), f"{what}_notifications")


def sent_back(sender, instance, user, **kwargs):
    tell_author("sent_back", instance, user, "rejected", remark=remark_of(instance))


def approved(sender, instance, user, **kwargs):
    thing = instance.content_object
    link = getattr(thing, "full_url", None) or (
        full_address(thing) if hasattr(thing, "get_absolute_url") else ""
    )
    remark = remark_of(instance)
    tell_author("approved", instance, user, "approved", remark=remark, shown=link)


def stopped(sender, instance, user, **kwargs):
    tell_author("stopped", instance, user, "rejected")


def remark_of(state) -> str:
    return state.current_task_state.comment if state.current_task_state else ""


def tell_author(template, state, by, what, **context):
    author = state.requested_by
    if author and author != by and author.is_active and wants(author, what):
        write(template, author, state.content_object, **context)


def write(template, person, thing, **context):
    send(
        f"pages/mail/{template}.md",
        to=person.email,
        purpose="pages.review",
        name=person.name,
        title=title_of(thing),
        link=full_address(edit_address(thing, person)),
        **context,
    )
