"""The register, applying, my party, and the cases of the desk: all in the namespace "parties"."""

from django.urls import path
from django.views.generic import RedirectView

from kennispunt.parties.views import applying, deciding, people, register, register_desk

app_name = "parties"
urlpatterns = [
    path("partijen/", register.overview, name="register"),
    path("partijen/wie-kan-meedoen/", register.criteria, name="criteria"),
    path("partijen/gebied/<slug:slug>/", register.area, name="area"),
    path("partijen/partij/<slug:key>/", register.party, name="party"),
    path("partijen/partij/<slug:key>/meedoen/", applying.join, name="join"),
    path("partijen/aanmelden/", applying.start, name="apply"),
    path("partijen/aanmelden/<slug:step>/", applying.step, name="step"),
    path("partijen/uitnodiging/<str:token>/", people.invitation, name="invitation"),
    path("mijn/aanmelding/", applying.application, name="application"),
    path("mijn/aanmelding/code/", applying.ask_for_code, name="ask_for_code"),
    path("mijn/aanmelding/intrekken/", applying.withdraw, name="withdraw"),
    path("mijn/bezwaar/<int:pk>/", applying.objection, name="object"),
    path("mijn/partij/", people.mine, name="mine"),
    path("mijn/partij/wissel/", people.switch, name="switch"),
    path("mijn/partij/bevestig/", people.confirm, name="confirm"),
    path("mijn/partij/nog/<str:token>/", people.still, name="still"),
    path("mijn/partij/vertrek/", people.leave, name="leave"),
    path("mijn/partij/vraag/", people.question, name="question"),
    path("mijn/partij/uitnodigen/", people.invite, name="invite"),
    path("mijn/partij/uitnodiging/<int:pk>/intrekken/", people.revoke, name="revoke"),
    path("mijn/partij/collega/<int:pk>/", people.colleague, name="colleague"),
    path("mijn/partij/verzoek/<int:pk>/", people.request_to_join, name="request"),
    path("mijn/partij/registratie/", people.registration, name="registration"),
    path("mijn/partij/openbaar/", people.public, name="public"),
    # Consent stands on /mijn/ itself; this address is in mails and bookmarks.
    path("mijn/toestemming/", RedirectView.as_view(url="/mijn/")),
    path("balie/partijen/<int:pk>/", deciding.case, name="case"),
    path("balie/partijen/<int:pk>/vraag/", deciding.ask, name="ask"),
    path("balie/partijen/<int:pk>/bewijs/", deciding.evidence, name="evidence"),
    path("balie/partijen/<int:pk>/tweede/", deciding.second, name="second"),
    path("balie/partijen/<int:pk>/terug/", deciding.take_back, name="take_back"),
    path("balie/partijen/aanmelding/<int:pk>/code/", deciding.code, name="code"),
    path("balie/partijen/persoon/<int:pk>/", deciding.person, name="person"),
    path("balie/partijen/bezwaar/<int:pk>/", deciding.objection, name="objection"),
    path("balie/partijen/register/", register_desk.overview, name="keeping"),
    path("balie/partijen/register/<slug:key>/", register_desk.party, name="keep"),
    path("balie/partijen/register/<slug:key>/<slug:part>/", register_desk.party, name="keep"),
    path(
        "balie/partijen/register/<slug:key>/weg/<slug:what>/<int:pk>/",
        register_desk.remove,
        name="keep_remove",
    ),
    path("balie/partijen/bevestigen/", deciding.batch, name="batch"),
    path("balie/partijen/zonder-beheerder/<int:pk>/", deciding.without_manager, name="unmanaged"),
]
