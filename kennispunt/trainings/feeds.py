"""Changes of the agenda for feed readers: /trainingen/feed/."""

from django.contrib.syndication.views import Feed
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.formats import date_format
from django.utils.timezone import localtime

from kennispunt.knowledge.structured import LICENCE
from kennispunt.trainings.models import Edition
from kennispunt.ui.links import full_address

MOST = 100


class Agenda(Feed):
    """Every edition that is coming: the last one that we planned or changed first."""

    feed_type = Atom1Feed
    title = "Kennispunt: trainingen"
    subtitle = "Trainingen voor lokale politieke partijen. Het laatst gewijzigd staat bovenaan."
    feed_copyright = f"CC BY 4.0, {LICENCE}"
    author_name = "Kennispunt"

    def link(self):
        return full_address("trainings:agenda")

    def feed_guid(self):
        return self.link()

    def items(self):
        coming = Edition.objects.public().coming(timezone.now()).select_related("training", "room")
        return coming.order_by("-changed_at", "pk")[:MOST]

    def item_title(self, edition):
        off = "Gaat niet door: " if edition.status == Edition.Status.CANCELLED else ""
        day = date_format(localtime(edition.starts_at), "l j F Y")
        return f"{off}{edition.training.title}, {edition.place}, {day}"

    def item_link(self, edition):
        return full_address(edition)

    def item_description(self, edition):
        return edition.training.lead

    def item_updateddate(self, edition):
        return edition.changed_at
