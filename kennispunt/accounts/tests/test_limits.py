"""What anybody can have us do without end: mail to one address, guess, use a code twice."""

from datetime import timedelta
from itertools import product

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal import auth
from django.core.cache import cache
from django.core.cache.backends.locmem import LocMemCache
from django.test import Client
from django.utils import timezone

from kennispunt.accounts.example import TOTP_SECRET, current_code
from kennispunt.accounts.limiting import TO_ONE_ADDRESS_A_DAY, TO_ONE_ADDRESS_AN_HOUR
from kennispunt.accounts.tests.test_sign_in import ask_code, sign_in
from kennispunt.limits.models import Count

pytestmark = pytest.mark.django_db

VICTIM = "victim@example.org"
WAYS = [
    ("/account/login/", {"login": VICTIM, "password": ""}),
    ("/account/signup/", {"email": VICTIM}),
    ("/account/password/reset/", {"email": VICTIM.title()}),
]


def from_place(number):
    return Client(REMOTE_ADDR=f"203.0.{number // 250}.{number % 250 + 1}")


@pytest.fixture(params=["known", "unknown"])
def victim(request, make_user):
    return make_user("victim") if request.param == "known" else None


@pytest.mark.thorough
def test_a_stranger_cannot_fill_somebodys_mailbox(victim, outbox):
    for number, (address, typed) in product(range(20), WAYS):
        cache.clear()  # another process
        from_place(number).post(address, typed)

    assert len(outbox()) == TO_ONE_ADDRESS_AN_HOUR


@pytest.mark.thorough
def test_nor_in_a_day(victim, outbox):
    for number, (address, typed) in product(range(30), WAYS):
        from_place(number).post(address, typed)
        in_an_hour = timezone.now() + timedelta(hours=1)
        Count.objects.filter(until__lt=in_an_hour + timedelta(minutes=5)).delete()

    assert len(outbox()) == TO_ONE_ADDRESS_A_DAY


def test_who_bothers_an_address_from_one_place_leaves_mails_for_its_owner(victim, outbox):
    bothers, owner = from_place(1), from_place(2)
    for _, (address, typed) in product(range(5), WAYS):
        bothers.post(address, typed)
    mailed = len(outbox())

    ask_code(owner, VICTIM)

    assert len(outbox()) == mailed + 1


@pytest.mark.parametrize(("address", "typed"), WAYS)
def test_who_reached_the_limit_hears_it_at_the_field(victim, outbox, address, typed):
    for number, (other, form) in product(range(5), WAYS):
        from_place(number).post(other, form)
    Count.objects.filter(until__lt=timezone.now() + timedelta(minutes=2)).delete()

    answer = from_place(9).post(address, typed)

    assert "We stuurden al veel mails naar dit adres" in answer.text
    assert VICTIM in answer.text.lower()  # what was typed is still there


def test_an_address_of_ones_own_cannot_be_used_to_bother_another(client, make_user, outbox):
    make_user("anna")
    sign_in(client, "anna@example.org", outbox)
    client.post("/account/email/", {"email": VICTIM, "action_add": ""})
    for _ in range(30):
        Count.objects.filter(until__lt=timezone.now() + timedelta(seconds=70)).delete()
        answer = client.post("/account/email/", {"email": VICTIM, "action_send": ""})

    assert len([mail for mail in outbox() if mail.to == VICTIM]) <= 5
    assert answer.status_code in (302, 429)


def test_one_place_cannot_mail_the_whole_town(outbox, monkeypatch):
    monkeypatch.setattr("kennispunt.accounts.limiting.FROM_ONE_PLACE_A_DAY", 7)
    for number in range(12):
        ask_code(Client(), f"person{number}@example.org")

    assert len(outbox()) == 7


def test_the_limits_of_signing_in_need_no_cache_and_keep_no_address(outbox, monkeypatch):
    def away(*args, **kwargs):
        raise ConnectionError

    for name in ("get", "set", "add", "incr", "delete"):
        monkeypatch.setattr(LocMemCache, name, away)
    for _ in range(10):
        Client(REMOTE_ADDR="203.0.113.9").post("/account/login/", WAYS[0][1])

    assert len(outbox()) == 3
    kept = str(list(Count.objects.values_list()))
    assert "203.0" not in kept and VICTIM not in kept


def test_a_wrong_password_is_guessed_a_few_times_only_whatever_process_answers(make_user):
    make_user("victim")
    for _ in range(6):
        cache.clear()
        Client().post("/account/login/", {"login": VICTIM, "password": "wrong-guess"})

    answer = Client().post("/account/login/", {"login": VICTIM, "password": "kennispunt"})

    assert "te vaak achter elkaar" in answer.text


def test_right_passwords_do_not_count_as_guesses(make_user):
    EmailAddress.objects.filter(user=make_user("victim")).update(verified=True)
    for _ in range(8):
        answer = Client().post("/account/login/", {"login": VICTIM, "password": "kennispunt"})
        Count.objects.filter(until__lt=timezone.now() + timedelta(seconds=61)).delete()

    assert "te vaak achter elkaar" not in answer.text


def test_too_often_has_a_page_of_its_own(client, make_user):
    client.force_login(make_user("anna"))
    for _ in range(12):
        answer = client.post("/account/reauthenticate/", {"password": "wrong-guess"})

    assert (answer.status_code, answer["Retry-After"]) == (429, "60")
    assert "Dit ging te vaak achter elkaar" in answer.text


# --- The code of an app ---------------------------------------------------------------------------


@pytest.mark.parametrize("later", [0, 31, 59])
def test_a_code_of_an_app_works_once(make_user, outbox, monkeypatch, later):
    eva = make_user("eva", group="Editors", second_factor=False)
    auth.TOTP.activate(eva, TOTP_SECRET)
    begin = auth.time.time() // 30 * 30
    monkeypatch.setattr(auth.time, "time", lambda: begin)
    code = current_code()
    first, second = Client(), Client()
    sign_in(first, eva.email, outbox)
    sign_in(second, eva.email, outbox)
    first.post("/account/2fa/authenticate/", {"code": code})
    assert first.get("/mijn/").status_code == 200

    cache.clear()  # another process, or a cache that was away
    monkeypatch.setattr(auth.time, "time", lambda: begin + later)
    second.post("/account/2fa/authenticate/", {"code": code})

    assert second.get("/mijn/").status_code == 302


def test_the_code_that_activated_an_app_does_not_sign_in(client, make_user, outbox):
    anna = make_user("anna")
    sign_in(client, anna.email, outbox)
    client.post("/account/reauthenticate/", {"password": "kennispunt"})
    client.get("/account/2fa/totp/activate/")
    secret = client.session[auth.SECRET_SESSION_KEY]
    counter = next(iter(auth.yield_hotp_counters_from_time())) + 1
    code = auth.format_hotp_value(auth.hotp_value(secret, counter))
    client.post("/account/2fa/totp/activate/", {"code": code})
    assert auth.Authenticator.objects.filter(user=anna, type="totp").exists()

    other = Client()
    sign_in(other, anna.email, outbox)
    other.post("/account/2fa/authenticate/", {"code": code})

    assert other.get("/mijn/").status_code == 302
