"""What nobody finds out by guessing addresses, and codes that cannot be guessed or borrowed."""

import re

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kennispunt.accounts.example import TOTP_SECRET, current_code
from kennispunt.accounts.models import User
from kennispunt.accounts.tests.test_sign_in import ask_code, code_in, sign_in

pytestmark = pytest.mark.django_db

KNOWN, UNKNOWN = "anna@example.org", "nobody@example.org"


class CountingHasher(MD5PasswordHasher):
    """The slow part of a real site: how often a password was hashed."""

    algorithm = "md5"
    times = 0

    def encode(self, password, salt):
        CountingHasher.times += 1
        return super().encode(password, salt)


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()


@pytest.fixture
def anna(make_user):
    return make_user("anna")


def what_happens(visitor, outbox, address, typed, email):
    """What somebody who guesses sees, what is mailed, and how much work it was."""
    cache.clear()
    CountingHasher.times = 0
    mailed = len(outbox())
    with CaptureQueriesContext(connection) as queries:
        response = visitor.post(address, typed)
    target = getattr(response, "url", None)
    page = (visitor.get(target) if target else response).text.replace(email, "…")
    page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)
    seen = (response.status_code, target, page)
    return seen, len(outbox()) - mailed, CountingHasher.times, len(queries)


@pytest.mark.parametrize(
    ("address", "typed"),
    [
        ("/account/login/", lambda email: {"login": email, "password": ""}),
        ("/account/login/", lambda email: {"login": email, "password": "guess-it-1"}),
        ("/account/signup/", lambda email: {"email": email}),
        ("/account/password/reset/", lambda email: {"email": email}),
    ],
)
@pytest.mark.parametrize("has_password", [True, False])
def test_a_known_and_an_unknown_address_get_the_same_answer_for_the_same_work(
    anna, outbox, settings, address, typed, has_password
):
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]
    if not has_password:
        anna.set_unusable_password()
        anna.save()

    known = what_happens(Client(), outbox, address, typed(KNOWN), KNOWN)
    unknown = what_happens(Client(), outbox, address, typed(UNKNOWN), UNKNOWN)

    assert known[:3] == unknown[:3]
    assert abs(known[3] - unknown[3]) <= 8  # a row or two more; hashing is what can be timed


def test_who_changes_their_address_does_not_find_out_who_has_an_account(anna, make_user, outbox):
    make_user("bram")
    sign_in(Client(), "bram@example.org", outbox)  # the first time says that the address is right
    seen = []
    for email in [KNOWN, UNKNOWN]:
        bram = Client()
        sign_in(bram, "bram@example.org", outbox)
        typed = {"email": email, "action_add": ""}
        seen.append(what_happens(bram, outbox, "/account/email/", typed, email)[:2])

    assert seen[0] == seen[1]
    assert User.objects.get(name="Bram").email == "bram@example.org"


def test_both_addresses_get_a_mail_so_that_nobody_waits_in_vain(anna, outbox):
    for email in (KNOWN, UNKNOWN):
        ask_code(Client(), email)

    assert [mail.to for mail in outbox()] == [KNOWN, UNKNOWN]


# --- Codes --------------------------------------------------------------------------------------


@pytest.mark.thorough
def test_a_thousand_guesses_reach_only_a_few_codes(anna, outbox):
    """Three tries a code, three codes a minute: 9 of the 1,000 guesses meet a living code."""
    guesser = Client()
    for guess in range(1000):
        answer = guesser.post("/account/login/code/confirm/", {"code": "WRONGX"})
        if answer.status_code == 302 and guess % 10 == 0:  # the code died, or there is none
            ask_code(guesser, KNOWN)

    assert len(outbox()) <= 3
    assert guesser.get("/mijn/").status_code == 302


@pytest.mark.parametrize(
    "pasted",
    ["{0}–{1}", "{0}\u2011{1}", "{0}\u00a0{1}", "\u200b{0}-{1}", "{0}\u00ad{1}", " {0} - {1}\r\n", "{0}{1}"],
)  # fmt: skip
def test_code_is_taken_as_it_was_pasted(anna, client, outbox, pasted):
    ask_code(client, KNOWN)
    code = code_in(outbox()[-1])

    answer = client.post("/account/login/code/confirm/", {"code": pasted.format(*code.split("-"))})

    assert answer.status_code == 302
    assert "_auth_user_id" in client.session


def test_three_wrong_guesses_end_a_code(anna, client, outbox):
    ask_code(client, KNOWN)

    for _ in range(3):
        client.post("/account/login/code/confirm/", {"code": "WRONGX"})
    client.post("/account/login/code/confirm/", {"code": code_in(outbox()[-1])})

    assert client.get("/mijn/").status_code == 302


def test_a_code_does_not_work_in_another_session(anna, client, outbox):
    ask_code(client, KNOWN)
    code = code_in(outbox()[-1])
    thief = Client()

    thief.post("/account/login/code/confirm/", {"code": code})
    assert thief.get("/mijn/").status_code == 302

    ask_code(thief, KNOWN)  # also not when a code of their own is on its way
    thief.post("/account/login/code/confirm/", {"code": code})
    assert thief.get("/mijn/").status_code == 302

    client.post("/account/login/code/confirm/", {"code": code})
    assert client.get("/mijn/").status_code == 200


def test_a_code_works_once(anna, client, outbox):
    sign_in(client, KNOWN, outbox)
    code = code_in(outbox()[-1])
    client.post("/account/logout/")

    client.post("/account/login/code/confirm/", {"code": code})

    assert client.get("/mijn/").status_code == 302


def test_an_old_code_does_not_work(anna, client, outbox, settings):
    ask_code(client, KNOWN)
    settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT = -1

    client.post("/account/login/code/confirm/", {"code": code_in(outbox()[-1])})

    assert client.get("/mijn/").status_code == 302


def test_the_second_factor_cannot_be_guessed(make_user, client, outbox):
    eva = make_user("eva", group="Editors", second_factor=False)
    TOTP.activate(eva, TOTP_SECRET)
    sign_in(client, eva.email, outbox)
    for _ in range(10):
        client.post("/account/2fa/authenticate/", {"code": "000000"})

    client.post("/account/2fa/authenticate/", {"code": current_code()})

    assert client.get("/mijn/").status_code == 302
