"""Areas, keyed by official codes and dates, never by name; and official results of elections."""

import datetime
import re
import unicodedata

from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery, Sum
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from kennispunt.elections.names import folded_list_name
from kennispunt.ui.cleaning import one_line
from kennispunt.ui.dutch import date_in_words

KIND_WORDS = re.compile(
    r"^(gemeente|provincie|waterschap|wetterskip|hoogheemraadschap|openbaar lichaam|eiland)( van)? "
)


def folded(name):
    """A name as we compare it: `Hengelo (O.)` and `hengelo o` are one, as are ’t and t."""
    plain = unicodedata.normalize("NFKD", one_line(name).casefold())
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    words = re.sub(r"[^a-z0-9]+", " ", re.sub(r"['’.]", "", plain)).strip()
    return KIND_WORDS.sub("", words)


class AreaQuerySet(models.QuerySet):
    def valid_on(self, date):
        """The areas that existed on this date."""
        begun = Q(valid_from=None) | Q(valid_from__lte=date)
        return self.filter(begun, Q(valid_to=None) | Q(valid_to__gt=date))

    def of_kind(self, kind):
        return self.filter(kind=kind)

    def municipalities(self):
        return self.of_kind(Area.Kind.GEMEENTE)

    def find(self, name):
        """Every area that is or was written like this, in any kind and at any time.

        More than one is usual (there are two Bergens, and Groningen is two things): the caller
        narrows by kind and date, or asks. A name alone never decides.
        """
        # A subquery, not a join: an area with two written names that fold alike comes once.
        written = AreaName.objects.filter(folded=folded(name))
        return self.filter(pk__in=written.values("area"))


# One lives on them, not in them.
ISLANDS = {
    "Ameland", "Bonaire", "Goeree-Overflakkee", "Noord-Beveland", "Saba", "Schiermonnikoog",
    "Schouwen-Duiveland", "Sint Eustatius", "Terschelling", "Texel", "Tholen", "Vlieland",
}  # fmt: skip


class Area(ClusterableModel):
    """A *gemeente*, *provincie*, *waterschap* or *openbaar lichaam*, as long as it existed.

    Keyed by code, because names change and repeat. It is never deleted: when it merges it gets an
    end date and successors, and old elections keep pointing to it.
    """

    class Kind(models.TextChoices):
        GEMEENTE = "gemeente", "gemeente"
        PROVINCIE = "provincie", "provincie"
        WATERSCHAP = "waterschap", "waterschap"
        OPENBAAR_LICHAAM = "openbaar_lichaam", "openbaar lichaam"

    code = models.CharField(
        "code",
        max_length=8,
        primary_key=True,
        help_text="Van het CBS (GM0106, PV22), of van de Kiesraad (W0646, O9001).",
    )
    kind = models.CharField("soort", max_length=16, choices=Kind)
    name = models.CharField("naam", max_length=60)
    slug = models.SlugField("adres", max_length=60, unique=True)
    kiesraad_code = models.CharField("code van de Kiesraad", max_length=8, unique=True)
    eml_id = models.CharField(
        "nummer in EML", max_length=4, help_text="Alleen uniek binnen een soort."
    )
    province = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="municipalities",
        verbose_name="provincie",
    )
    waterschappen = models.ManyToManyField(
        "self", symmetrical=False, related_name="waterschap_municipalities", blank=True
    )
    main_town = models.CharField("hoofdplaats", max_length=60, blank=True)
    latitude = models.FloatField("breedtegraad", null=True, blank=True)
    longitude = models.FloatField("lengtegraad", null=True, blank=True)
    valid_from = models.DateField(
        "bestaat sinds", null=True, blank=True, help_text="Leeg: al vóór 2018."
    )
    valid_to = models.DateField(
        "bestaat tot",
        null=True,
        blank=True,
        help_text="De eerste dag waarop het niet meer bestaat.",
    )
    map_x = models.PositiveSmallIntegerField("plek op de kaart, x", null=True, blank=True)
    map_y = models.PositiveSmallIntegerField("plek op de kaart, y", null=True, blank=True)

    objects = AreaQuerySet.as_manager()

    class Meta:
        ordering = ["name", "code"]
        verbose_name = "gebied"
        verbose_name_plural = "gebieden"
        constraints = [
            models.UniqueConstraint(fields=["kind", "eml_id"], name="area_has_its_own_eml_id"),
            models.UniqueConstraint(fields=["map_x", "map_y"], name="one_area_per_dot"),
            models.CheckConstraint(
                condition=Q(kind="gemeente", code__startswith="GM")
                | Q(kind="provincie", code__startswith="PV")
                | Q(kind="waterschap", code__startswith="W")
                | Q(kind="openbaar_lichaam", code__startswith="O"),
                name="area_code_fits_its_kind",
            ),
            models.CheckConstraint(
                condition=Q(kind="gemeente", province__isnull=False)
                | (~Q(kind="gemeente") & Q(province=None)),
                name="only_a_gemeente_has_a_province",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__gt=F("valid_from")) | Q(valid_to=None) | Q(valid_from=None),
                name="area_ends_after_it_began",
            ),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180))
                & Q(latitude__isnull=False, longitude__isnull=False),
                name="area_lies_on_earth",
            ),
            models.CheckConstraint(
                condition=Q(map_x=None, map_y=None) | Q(map_x__isnull=False, map_y__isnull=False),
                name="dot_has_two_coordinates",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def title(self) -> str:
        """The name with its kind: a province and a municipality may have the same name."""
        return f"{self.get_kind_display()} {self.name}"

    @property
    def whereabouts(self) -> str:
        """ "in Assen", and "op Texel": one lives on an island."""
        return f"{'op' if self.name in ISLANDS else 'in'} {self.name}"

    def exists_on(self, date) -> bool:
        begun = self.valid_from is None or self.valid_from <= date
        return begun and (self.valid_to is None or self.valid_to > date)

    def parts(self):
        """The municipalities of a province or water board, of all times; else none."""
        if self.kind == self.Kind.PROVINCIE:
            return self.municipalities.all()
        if self.kind == self.Kind.WATERSCHAP:
            return self.waterschap_municipalities.all()
        return Area.objects.none()


class AreaName(models.Model):
    """One way in which an area is written, with which people and files may find it."""

    area = ParentalKey(Area, on_delete=models.CASCADE, related_name="names", verbose_name="gebied")
    name = models.CharField("schrijfwijze", max_length=60)
    folded = models.CharField(max_length=60, editable=False, db_index=True)

    class Meta:
        ordering = ["name"]
        verbose_name = "schrijfwijze"
        verbose_name_plural = "schrijfwijzen"
        constraints = [
            models.UniqueConstraint(fields=["area", "name"], name="area_is_written_so_once"),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **options):
        self.folded = folded(self.name)
        super().save(*args, **options)


class AreaSuccession(models.Model):
    """At a *herindeling* an area went over into another, wholly or in part (Wet arhi)."""

    old = models.ForeignKey(
        Area, on_delete=models.PROTECT, related_name="successors", verbose_name="oud gebied"
    )
    new = models.ForeignKey(
        Area, on_delete=models.PROTECT, related_name="predecessors", verbose_name="nieuw gebied"
    )
    date = models.DateField("datum")

    class Meta:
        ordering = ["date", "old", "new"]
        verbose_name = "opvolging"
        verbose_name_plural = "opvolgingen"
        constraints = [
            models.UniqueConstraint(fields=["old", "new"], name="area_is_succeeded_once"),
            models.CheckConstraint(condition=~Q(old=F("new")), name="area_succeeds_another"),
        ]

    def __str__(self):
        return f"{self.old} → {self.new} ({self.date:%d-%m-%Y})"


# --- Official results -----------------------------------------------------------------------------


class ElectionQuerySet(models.QuerySet):
    def coded(self, code: str):
        """The election with a code such as GR20260318; none when it is not a code."""
        found = re.fullmatch(r"([A-Z]{2})(\d{4})(\d{2})(\d{2})", code)
        if not found:
            return self.none()
        kind, *day = found.groups()
        try:
            return self.filter(kind=kind, date=datetime.date(*map(int, day)))
        except ValueError:
            return self.none()

    def counted(self):
        """With the number of areas, lists and seats that we have of it."""
        lists = ElectoralList.objects.filter(result__election=OuterRef("pk")).order_by()
        lists = lists.values("result__election").annotate(count=Count("pk")).values("count")
        return self.annotate(
            areas=Count("results"), seats=Sum("results__seats"), lists=Subquery(lists)
        ).order_by("-date", "kind")


class Election(models.Model):
    """One day on which one kind of body was elected, in one area or in hundreds.

    Only elections of which we have official results are here. What an election asks of a party,
    and when, is computed: calendar.py.
    """

    class Kind(models.TextChoices):
        GR = "GR", "gemeenteraad"
        PS = "PS", "provinciale staten"
        WS = "WS", "waterschap"
        ER = "ER", "eilandsraad"
        KC = "KC", "kiescollege"
        TK = "TK", "Tweede Kamer"
        EP = "EP", "Europees Parlement"

    kind = models.CharField("soort", max_length=2, choices=Kind)
    date = models.DateField("dag van stemming")

    objects = ElectionQuerySet.as_manager()

    class Meta:
        ordering = ["-date", "kind"]
        verbose_name = "verkiezing"
        verbose_name_plural = "verkiezingen"
        permissions = [("import_election", "Mag uitslagen inlezen")]
        constraints = [
            models.UniqueConstraint(fields=["kind", "date"], name="election_is_there_once"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}, {date_in_words(self.date)}"

    @property
    def code(self) -> str:
        """As in the names of the official files: GR20260318."""
        return f"{self.kind}{self.date:%Y%m%d}"


class AreaResult(models.Model):
    """The official result of one election in one area; without an area: in the whole country."""

    election = models.ForeignKey(
        Election, on_delete=models.PROTECT, related_name="results", verbose_name="verkiezing"
    )
    area = models.ForeignKey(
        Area,
        on_delete=models.PROTECT,
        null=True,
        related_name="results",
        verbose_name="gebied",
    )
    seats = models.PositiveSmallIntegerField("zetels", help_text="Die naar een lijst gingen.")
    # Not in every file: None is not known.
    eligible_voters = models.PositiveIntegerField("kiesgerechtigden", null=True)
    turnout = models.PositiveIntegerField("opkomst", null=True)
    valid_votes = models.PositiveIntegerField("geldige stemmen", null=True)
    blank_votes = models.PositiveIntegerField("blanco stemmen", null=True)
    invalid_votes = models.PositiveIntegerField("ongeldige stemmen", null=True)
    source = models.CharField("bron", max_length=120, help_text="De naam van het bestand.")
    imported_at = models.DateTimeField("ingelezen op")

    class Meta:
        ordering = ["-election__date", "area__name"]
        verbose_name = "uitslag"
        verbose_name_plural = "uitslagen"
        constraints = [
            models.UniqueConstraint(
                fields=["election", "area"], name="one_result_per_election_and_area"
            ),
            models.UniqueConstraint(
                fields=["election"], condition=Q(area=None), name="one_result_of_the_country"
            ),
        ]

    def __str__(self):
        return f"{self.area or 'Nederland'}: {self.election}"

    @property
    def in_words(self) -> str:
        """The area and the day: "Assen, 18 maart 2026"."""
        return f"{self.area}, {date_in_words(self.election.date)}"


class ElectoralListQuerySet(models.QuerySet):
    def in_area(self, area):
        return self.filter(result__area=area)

    def named(self, name):
        """The lists that were written like this, in any area: a name alone never decides."""
        return self.filter(folded=folded_list_name(name))


class ElectoralList(models.Model):
    """One list that stood in one election in one area, with its name as on the ballot.

    An electoral list is not a party: two lists of one name may be two parties, and one list may be
    of several. A list that stood in several *kieskringen* of the area is here once, summed.
    A blank list has no name, only a place among the blank lists of the area; the name of a person
    that a file writes beside it is never kept.
    """

    result = models.ForeignKey(
        AreaResult, on_delete=models.CASCADE, related_name="lists", verbose_name="uitslag"
    )
    name = models.CharField("aanduiding", max_length=120, blank=True)
    folded = models.CharField(max_length=120, editable=False, db_index=True, blank=True)
    blank_order = models.PositiveSmallIntegerField(
        "hoeveelste blanco lijst", default=0, help_text="0 voor een lijst met een naam."
    )
    number = models.PositiveSmallIntegerField("lijstnummer", null=True)
    votes = models.PositiveIntegerField("stemmen")
    seats = models.PositiveSmallIntegerField("zetels")

    objects = ElectoralListQuerySet.as_manager()

    class Meta:
        ordering = ["result", "name", "blank_order"]
        verbose_name = "lijst"
        verbose_name_plural = "lijsten"
        constraints = [
            models.UniqueConstraint(
                fields=["result", "name", "blank_order"], name="list_is_in_a_result_once"
            ),
            models.CheckConstraint(
                condition=Q(name="", blank_order__gt=0) | (~Q(name="") & Q(blank_order=0)),
                name="only_a_blank_list_has_no_name",
            ),
        ]

    def __str__(self):
        return self.title

    def save(self, *args, **options):
        self.folded = folded_list_name(self.name)
        super().save(*args, **options)

    @property
    def is_blank(self) -> bool:
        return self.blank_order > 0

    @property
    def title(self) -> str:
        """The name; of a blank list that it is one, and which."""
        if not self.is_blank:
            return self.name
        if self.number:
            return f"Lijst {self.number} (zonder naam)"
        return f"Lijst zonder naam {self.blank_order}"
