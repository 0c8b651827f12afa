"""The agenda, signing up, one place, and my trainings."""

from django.urls import path, re_path

from kennispunt.pagecache.decorators import cached_page
from kennispunt.trainings.feeds import Agenda
from kennispunt.trainings.views import (
    agenda,
    figures,
    giving,
    participants,
    places,
    planning,
)

app_name = "trainings"
urlpatterns = [
    path("trainingen/", agenda.agenda, name="agenda"),
    path("trainingen/agenda.ics", agenda.agenda_ics, name="agenda_ics"),
    path("trainingen/feed/", cached_page(Agenda()), name="feed"),
    path("trainingen/kaart/<slug:slug>-<slug:version>.png", agenda.picture, name="card"),
    path("trainingen/plek/<str:token>/", places.place, name="place"),
    path("trainingen/evaluatie/<str:token>/", giving.evaluation, name="evaluation"),
    path("trainingen/<slug:slug>/", agenda.training, name="training"),
    path("trainingen/<slug:slug>/<int:pk>/", agenda.edition, name="edition"),
    path("trainingen/<slug:slug>/<int:pk>.ics", agenda.edition_ics, name="edition_ics"),
    path("trainingen/<slug:slug>/<int:pk>/inschrijven/", places.sign_up, name="sign_up"),
    path("balie/trainingen/cijfers/", figures.year, name="figures"),
    re_path(
        r"^balie/trainingen/cijfers/(?P<year>[0-9]{4})\.(?P<kind>csv|xlsx)$",
        figures.export,
        name="figures_file",
    ),
    path("balie/trainingen/evaluaties/", figures.evaluations, name="evaluations"),
    path("balie/trainingen/mijn/", giving.given, name="given"),
    path("balie/trainingen/mijn/<int:pk>/", giving.give, name="give"),
    path(
        "balie/trainingen/mijn/<int:pk>/aanwezig/<int:meeting>/",
        giving.attendance,
        name="attendance",
    ),
    path("balie/trainingen/mijn/<int:pk>/lijst/", giving.paper, name="paper"),
    path("balie/trainingen/mijn/<int:pk>/blad/", giving.sheet, name="sheet"),
    path("mijn/trainingen/<int:pk>/certificaat.pdf", giving.certificate, name="certificate"),
    path("balie/trainingen/", planning.overview, name="planning"),
    path("balie/trainingen/nieuw/", planning.new, name="plan_new"),
    path("balie/trainingen/jaar/<int:year>.<slug:kind>", planning.year_file, name="year_file"),
    path("balie/trainingen/<int:pk>/", planning.plan, name="plan"),
    path("balie/trainingen/<int:pk>/wijzig/", planning.edit, name="plan_edit"),
    path("balie/trainingen/<int:pk>/doe/<slug:what>/", planning.act, name="plan_act"),
    path("balie/trainingen/<int:pk>/reeks/", planning.series, name="series"),
    path("balie/trainingen/<int:pk>/reeks/klaar/", planning.made, name="series_made"),
    path("balie/trainingen/<int:pk>/afzeggen/", planning.cancel, name="plan_cancel"),
    path("balie/trainingen/<int:pk>/kosten/", planning.costs, name="costs"),
    path("balie/trainingen/<int:pk>/mail/", participants.mail, name="edition_mail"),
    path("balie/trainingen/<int:pk>/deelnemers/", participants.participants, name="participants"),
    path(
        "balie/trainingen/<int:pk>/deelnemers.<slug:kind>",
        participants.participants_file,
        name="participants_file",
    ),
    path(
        "balie/trainingen/<int:pk>/deelnemers/<int:registration>/<slug:what>/",
        participants.by_hand,
        name="by_hand",
    ),
    path("mijn/trainingen/", places.mine, name="mine"),
    path("mijn/trainingen/collega/<int:pk>/", places.of_colleague, name="of_colleague"),
    path("mijn/trainingen/<int:pk>/", places.answers, name="answers"),
]
