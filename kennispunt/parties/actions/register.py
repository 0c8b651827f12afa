"""Changes that the staff make in the register: names, areas, lists, legal form.

What became of a party is in lineage.py.

Each change is one transaction, is written down in words (RegisterChange), and lets the rules look
again: when they find something new at a party that is in force, a case opens at the desk and it
stays in force until decided anew. What begins on a later day is kept, and the clock lets it take
effect (take_effect). Its own people never change the register. A ValidationError is
Dutch and says at which field.
"""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q
from django.utils.timezone import localdate

from kennispunt.elections.models import Area, ElectoralList
from kennispunt.parties.actions.recording import change, write
from kennispunt.parties.mergers import kin
from kennispunt.parties.models import (
    Party,
    PartyArea,
    PartyName,
)
from kennispunt.ui.dutch import date_in_words, listed
from kennispunt.ui.rows import TooLate

NAME, ALIAS = PartyName.Kind.NAME, PartyName.Kind.ALIAS
DAY = timedelta(days=1)
GONE = "Dit was al weg."


# --- Names ---------------------------------------------------------------------------------------


def rename(party: Party, *, name: str, on: date, source: str, by) -> None:
    """Give the party another name from this day on. The old name stays, until that day."""
    with change(party, by=by) as party:
        if party.planned_name():
            raise ValidationError({"name": "Er wacht al een nieuwe naam. Haal die eerst weg."})
        if name == party.name:
            raise ValidationError({"name": "Zo heet de partij al."})
        last = party.names.filter(kind=NAME, until=None).first()
        if last and last.since and last.since >= on:
            day = date_in_words(last.since)
            raise ValidationError({"on": f"Zij heet pas sinds {day} zo. Kies een latere dag."})
        if last:
            last.until = on
            last.save(update_fields=["until"])
        else:
            PartyName.objects.create(party=party, kind=NAME, name=party.name, until=on)
        PartyName.objects.create(party=party, kind=NAME, name=name, since=on)
        what = f"Heet vanaf {date_in_words(on)} “{name}”. Daarvoor: “{party.name}”."
        write(party, by, what, source)
        _take_names(Party.objects.filter(pk=party.pk), localdate())
        party.refresh_from_db()


def correct_name(party: Party, *, name: str, by) -> None:
    """Correct a name that we wrote wrong: there is no other, and the wrong one goes."""
    with change(party, by=by) as party:
        if name == party.name:
            raise ValidationError({"name": "Zo heet de partij al."})
        now = _in_effect(party.names, localdate()).filter(kind=NAME)
        for one in now.filter(name=party.name):
            one.name = name
            one.save(update_fields=["name", "folded"])
        write(party, by, f"Schrijffout in de naam verbeterd: “{party.name}” is “{name}”.")
        party.keep(name=name)


def add_alias(party: Party, *, name: str, by) -> None:
    """Add a name that people also use: the party is found and matched by it."""
    with change(party, by=by) as party:
        if name == party.name or party.names.filter(name=name, kind=ALIAS).exists():
            raise ValidationError({"name": "Deze naam staat er al."})
        PartyName.objects.create(party=party, kind=ALIAS, name=name)
        write(party, by, f"Wordt ook “{name}” genoemd.")


def remove_name(party: Party, name: PartyName, *, by) -> None:
    """Take away an alias, or a name that has not begun. A name that it had stays.

    TooLate when it is gone, as for all that is taken away.
    """
    with change(party, by=by) as party:
        name = party.names.filter(pk=name.pk).first()
        if name is None:
            raise TooLate(GONE)
        if name.kind == NAME:
            if name != party.planned_name():
                raise ValidationError("Een naam die de partij had, blijft staan.")
            for before in party.names.filter(kind=NAME, until=name.since):
                if before.since:
                    before.until = None
                    before.save(update_fields=["until"])
                else:
                    before.delete()
        name.delete()
        write(party, by, f"De naam “{name.name}” is weggehaald.")


def _in_effect(periods, on: date):
    """Return the names or areas that count on this day."""
    begun = Q(since=None) | Q(since__lte=on)
    return periods.filter(begun, Q(until=None) | Q(until__gt=on))


def _take_names(parties, on: date) -> int:
    """Let every name that has begun be the name of its party."""
    due = _in_effect(PartyName.objects.filter(party__in=parties, kind=NAME), on)
    due = due.exclude(name=F("party__name")).select_related("party")
    for one in due:
        one.party.keep(name=one.name)
    return len(due)


# --- Areas ---------------------------------------------------------------------------------------


def add_area(party: Party, *, area: Area, on: date | None, source: str, by) -> None:
    """Let the party take part here too: from a day on, or since we do not know when."""
    with change(party, by=by) as party:
        _begin_area(party, area, on)
        since = f" vanaf {date_in_words(on)}" if on else ""
        write(party, by, f"Doet{since} mee in {area.title}.", source)
        _take_areas(Party.objects.filter(pk=party.pk), localdate())


def _begin_area(party, area, on) -> None:
    there = party.areas.filter(pk=area.pk).exists()
    if there or party.periods.filter(area=area, until=None).exists():
        raise ValidationError({"area": f"De partij doet al mee in {area.title}."})
    if not area.exists_on(max(on or localdate(), localdate())):
        raise ValidationError({"area": f"{area.title.capitalize()} bestaat dan niet."})
    if on:
        PartyArea.objects.create(party=party, area=area, since=on)
    else:
        party.areas.add(area)


def end_area(party: Party, *, area: Area, on: date, source: str, by) -> None:
    """Let the party take part here no more from this day on. Somewhere it always does."""
    with change(party, by=by) as party:
        _stop_area(party, area, on)
        write(party, by, f"Doet vanaf {date_in_words(on)} niet meer mee in {area.title}.", source)
        _take_areas(Party.objects.filter(pk=party.pk), localdate())


def _stop_area(party, area, on) -> None:
    period = party.periods.filter(area=area, until=None).first()
    if period is None and party.periods.filter(area=area, until__gt=localdate()).exists():
        raise ValidationError({"area": "Dat zij hier stopt, staat er al."})
    if not _lasting(party) - {area.pk}:
        raise ValidationError(
            {"area": "Dit is haar enige gebied. Zet er eerst het gebied bij waar zij wel meedoet."}
        )
    if period is None:
        PartyArea.objects.create(party=party, area=area, until=on)
        return
    if period.since and period.since >= on:
        day = date_in_words(period.since)
        raise ValidationError({"on": f"Zij begon hier pas op {day}. Kies een latere dag."})
    period.until = on
    period.save(update_fields=["until"])


def _lasting(party) -> set[str]:
    """Return codes of the areas where it takes part when all that is planned has happened."""
    ending = party.periods.filter(until__gt=localdate()).values_list("area", flat=True)
    begun = party.periods.filter(until=None).values_list("area", flat=True)
    return (set(party.areas.values_list("code", flat=True)) - set(ending)) | set(begun)


def undo_area(party: Party, period: PartyArea, *, by) -> None:
    """Take back what was to begin or end on a later day. What has been stays."""
    with change(party, by=by) as party:
        period = party.periods.filter(pk=period.pk).first()
        today = localdate()
        if period is None:
            raise TooLate(GONE)
        if period.until and period.until > today:
            was, period.until = period.until, None
            what = f"Stopt toch niet op {date_in_words(was)} in {period.area.title}."
            if period.since:
                period.save(update_fields=["until"])
            else:
                period.delete()
        elif period.since and period.since > today:
            if not _lasting(party) - {period.area_id}:
                raise ValidationError("Zonder dit gebied doet zij straks nergens meer mee.")
            what = f"Begint toch niet op {date_in_words(period.since)} in {period.area.title}."
            period.delete()
        else:
            raise ValidationError("Wat al is ingegaan, blijft staan.")
        write(party, by, what)


def go_over(party: Party, *, old: Area, new: list[Area], by) -> None:
    """Let a party whose area merged go on in what that became, without a gap."""
    with change(party, by=by) as party:
        for area in new:
            if not party.areas.filter(pk=area.pk).exists():
                _begin_area(party, area, old.valid_to)
        _stop_area(party, old, old.valid_to)
        into = listed(area.title for area in new)
        since = date_in_words(old.valid_to)
        what = f"Gaat vanaf {since} verder in {into}: {old.title} bestaat niet meer."
        write(party, by, what, "onze lijst van gebieden")
        _take_areas(Party.objects.filter(pk=party.pk), localdate())


def _take_areas(parties, on: date) -> int:
    """Let the areas of each party be those that count on this day."""
    periods = PartyArea.objects.filter(party__in=parties)
    known = set(periods.values_list("party", "area"))
    counts = set(_in_effect(periods, on).values_list("party", "area"))
    through = Party.areas.through.objects.filter(party__in=[party for party, _ in known])
    there = set(through.values_list("party", "area"))
    due = {pair for pair in known if (pair in counts) != (pair in there)}
    for party in Party.objects.filter(pk__in=[party for party, _ in due]):
        for area in [area for number, area in due if number == party.pk]:
            act = party.areas.add if (party.pk, area) in counts else party.areas.remove
            act(area)
    return len(due)


# --- Lists ---------------------------------------------------------------------------------------


def link_lists(party: Party, lists: list[ElectoralList], *, by) -> None:
    """Link lists of its own areas to the party. A list may be of more parties: a joint one,
    about which two people decide.
    """
    with change(party, by=by) as party:
        ground = kin([*party.areas.values_list("code", flat=True), *_past_areas(party)])
        for one in lists:
            if one.result.area_id not in ground:
                raise ValidationError("Deze lijst stond in een ander gebied.")
            if party.lists.filter(pk=one.pk).exists():
                continue
            others = ", ".join(other.name for other in one.parties.all())
            party.lists.add(one)
            joint = f" Samen met {others}." if others else ""
            what = f"Stond op “{one.title}”, {one.result.in_words}.{joint}"
            write(party, by, what, one.result.source)


def _past_areas(party: Party):
    return party.periods.values_list("area", flat=True)


def unlink_list(party: Party, one: ElectoralList, *, by) -> None:
    """Unlink a list: it was not this party after all."""
    with change(party, by=by) as party:
        if not party.lists.filter(pk=one.pk).exists():
            raise TooLate(GONE)
        party.lists.remove(one)
        write(party, by, f"Stond toch niet op “{one.title}”, {one.result.in_words}.")


# --- Legal form ----------------------------------------------------------------------------------


def save_details(party: Party, *, legal_form: str, kvk_number: str, by) -> None:
    """Save its legal form and its number in the trade register."""
    with change(party, by=by) as party:
        if (party.legal_form, party.kvk_number) == (legal_form, kvk_number):
            return
        party.keep(legal_form=legal_form, kvk_number=kvk_number)
        number = f"KVK {kvk_number}" if kvk_number else "geen KVK-nummer"
        write(party, by, f"Rechtsvorm: {party.get_legal_form_display()}, {number}.")


# --- The clock -----------------------------------------------------------------------------------


def take_effect(on: date) -> int:
    """Let names and areas begin or end today. May be run as often as one likes."""
    done = 0
    with transaction.atomic():
        everyone = Party.objects.all()
        done += _take_names(everyone, on)
        done += _take_areas(everyone, on)
    return done
