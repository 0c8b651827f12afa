"""The remarks about the signpost that we forget."""

from datetime import timedelta

from kennispunt.signpost.models import Remark


def forget_remarks(now):
    """Opmerkingen bij de wegwijzer, negentig dagen nadat ze verwerkt zijn."""
    return Remark.objects.filter(done_at__lt=now - timedelta(days=90)).delete()[0]


PROMISES = [forget_remarks]
