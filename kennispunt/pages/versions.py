"""Versions that the site itself makes, so that the very first change of an editor can be undone.

In *Geschiedenis* Wagtail lets one put back a version when its log says that somebody edited. Of
what came from a file or a command nobody did: it had no line, or no version at all.
"""

import json

from django.core.serializers.json import DjangoJSONEncoder
from wagtail.log_actions import LogContext, log, registry
from wagtail.models import DraftStateMixin

KEPT = "pages.kept"
# Of a row: where it stands, not what it says.
AROUND = {"latest_revision", "changed_at"}


def keep(thing) -> None:
    """Keep this page or row as a version that can be put back. Safe to repeat.

    Asked before an editor begins; a page of which a draft is being written is its draft.
    """
    latest = thing.latest_revision
    if latest is None or not (isinstance(thing, DraftStateMixin) or says_the_same(latest, thing)):
        note(thing, thing.save_revision(changed=False, clean=False))
    elif not has_menu(thing, latest):
        note(thing, latest)


def has_menu(thing, revision) -> bool:
    """Whether one can put this version back from the history, as Wagtail shows it."""
    lines = registry.get_logs_for_instance(thing).filter(revision=revision, content_changed=True)
    return lines.exclude(action="wagtail.publish").exists()


def note(thing, revision) -> None:
    """A line in the history, by nobody, with the menu of a version."""
    with LogContext():
        log(instance=thing, action=KEPT, revision=revision, content_changed=True)


def says_the_same(revision, thing) -> bool:
    return plain(revision.content) == plain(thing.serializable_data())


def plain(content):
    content = json.loads(json.dumps(content, cls=DjangoJSONEncoder))
    return {name: value for name, value in content.items() if name not in AROUND}
