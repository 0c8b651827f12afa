"""Pages of the desk that are of no app alone."""

from django.urls import reverse

from kennispunt.accounts.groups import is_staff, may_keep_colleagues
from kennispunt.office.staff import StaffPage


def pages(user):
    if is_staff(user):
        if user.has_perm("wagtailadmin.access_admin"):
            yield StaffPage("Beheer", reverse("wagtailadmin_home"), "Teksten, feiten en lijsten")
        yield StaffPage("Cijfers", reverse("desk:figures"), "Wat er staat en wat er gebeurde")
        if may_keep_colleagues(user):
            yield StaffPage(
                "Collega’s", reverse("desk:colleagues"), "Wie hier werkt, en wat die mag"
            )
        yield StaffPage("Handboek", reverse("desk:handbook"), "Hoe alles werkt")
        yield StaffPage("Via de griffier", reverse("desk:griffiers"), "Hoeveel partijen zo kwamen")
