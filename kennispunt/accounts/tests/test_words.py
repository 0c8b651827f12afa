"""Whatever allauth says or mails is in our words: nothing of its own comes through."""

from pathlib import Path

import allauth
import pytest
from django.template.loader import get_template

from kennispunt.accounts import adapter
from kennispunt.accounts.models import User
from kennispunt.mail.letter import write

THEIRS = Path(allauth.__file__).parent / "templates"
OURS = Path(adapter.__file__).parent / "templates"
APPS = ("account", "mfa", "usersessions")
# What our settings leave out: telephone numbers, accounts at other sites, links instead of codes,
# signing up by passkey, a browser that is trusted; and frames that say nothing themselves.
NEVER = {
    "account/base_entrance.html", "account/base_manage.html", "account/base_manage_email.html",
    "account/base_manage_password.html", "account/base_manage_phone.html",
    "account/confirm_password_reset_code.html", "account/confirm_phone_verification_code.html",
    "account/email.html", "account/email_confirm.html", "account/phone_change.html",
    "account/request_login_code.html", "account/signup_by_passkey.html",
    "account/snippets/already_logged_in.html", "account/snippets/warn_no_email.html",
    "mfa/base_entrance.html", "mfa/base_manage.html", "mfa/recovery_codes/base.html",
    "mfa/totp/base.html", "mfa/trust.html", "mfa/webauthn/base.html",
    "mfa/webauthn/signup_form.html", "mfa/webauthn/snippets/login_script.html",
    "usersessions/base_manage.html",
}  # fmt: skip
NEVER_MAILED = {"account/email/password_reset_code"}


def theirs(pattern):
    return sorted(
        str(file.relative_to(THEIRS)) for app in APPS for file in (THEIRS / app).rglob(pattern)
    )


MAILS = [
    name.removesuffix("_message.txt")
    for name in theirs("*_message.txt")
    if "base_" not in name and name.removesuffix("_message.txt") not in NEVER_MAILED
]


@pytest.mark.parametrize(
    "name",
    [n for n in theirs("*.html") if n not in NEVER]
    + [n for n in theirs("*.txt") if "messages" in n],
)
def test_every_screen_and_message_of_allauth_is_ours(name):
    assert Path(get_template(name).origin.name).is_relative_to(OURS)


@pytest.mark.django_db
@pytest.mark.parametrize("name", MAILS)
def test_every_mail_of_allauth_is_ours(name):
    letter = write(
        f"{name}.md", code="AB12CD", signup_url="https://x.example/", password_reset_url=""
    )

    assert letter.text.startswith("Hallo,")
    assert 0 < len(letter.subject) < 60
    assert "AB12CD" not in letter.subject


def test_every_error_that_people_can_meet_is_ours():
    for ours in (adapter.AccountAdapter, adapter.SecondFactorAdapter):
        [above] = ours.__bases__
        same = {
            name for name, words in ours.error_messages.items()
            if str(words) == str(above.error_messages.get(name))
        }  # fmt: skip
        assert {name for name in same if "phone" not in name and "username" not in name} == set()


def test_one_mailbox_is_one_account_however_its_domain_is_written(client, db, outbox):
    for address in ("anna@brülle.example", "Anna@xn--brlle-lva.example"):
        client.post("/account/signup/", {"email": address})

    assert list(User.objects.values_list("email", flat=True)) == ["anna@xn--brlle-lva.example"]
