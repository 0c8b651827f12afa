"""Out by the API of a provider: a real HTTP server that answers as Postmark does."""

import json
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.utils import timezone

from kennispunt.mail.checks import mail_can_go_out
from kennispunt.mail.delivery import deliver_due
from kennispunt.mail.models import OutgoingMail
from kennispunt.mail.send import send
from kennispunt.mail.tests.conftest import free_port

pytestmark = pytest.mark.django_db
Status = OutgoingMail.Status
INACTIVE = {
    "ErrorCode": 406,
    "Message": "You tried to send to recipient(s) that have been marked as inactive. Found inactive"
    " addresses: anna@example.org. Inactive recipients are ones that have generated a hard bounce,"
    " a spam complaint, or a manual suppression.",
}


class Api(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        sent = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.got.append(sent)
        self.server.tokens.add(self.headers["X-Postmark-Server-Token"])
        status, answer = self.server.answers.get(sent["To"]) or self.server.answer
        if status is None:  # it took the message, and then broke down
            self.close_connection = True
            return
        content = json.dumps(answer or {
            "To": sent["To"], "MessageID": "b7bc2f4a", "ErrorCode": 0, "Message": "OK",
        }).encode()  # fmt: skip
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *arguments):
        pass


@pytest.fixture
def api(settings):
    """The provider. api.answer = (status, answer) to all; api.answers[address] to one."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Api) as server:
        server.got, server.tokens = [], set()
        server.answer, server.answers = (200, None), {}
        settings.EMAIL_BACKEND = "anymail.backends.postmark.EmailBackend"
        settings.ANYMAIL = {
            "POSTMARK_SERVER_TOKEN": "geheim", "IGNORE_UNSUPPORTED_FEATURES": True,
            "POSTMARK_API_URL": f"http://127.0.0.1:{server.server_address[1]}/",
        }  # fmt: skip
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def write(template):
    name = template("Onderwerp: Dag\n\nHallo.\n")
    return lambda to="anna@example.org", **rest: send(name, to=to, purpose="test", **rest)


def later(**ahead):
    return lambda: timezone.now() + timedelta(**ahead)


def test_a_mail_goes_out_as_it_was_written(api, write):
    mail = write()

    assert deliver_due(timezone.now) == 1
    assert deliver_due(timezone.now) == 0

    [sent] = api.got
    assert api.tokens == {"geheim"}
    assert (sent["To"], sent["Subject"]) == ("anna@example.org", "Dag")
    assert "Hallo." in sent["TextBody"]
    assert "Hallo." in sent["HtmlBody"]
    headers = {header["Name"]: header["Value"] for header in sent["Headers"]}
    assert headers["Message-ID"] == mail.message_id
    assert headers["Auto-Submitted"] == "auto-generated"
    mail.refresh_from_db()
    assert (mail.status, mail.last_error) == (Status.SENT, "")


@pytest.mark.parametrize("status", [401, 429, 500, 503])
def test_a_provider_with_a_problem_costs_no_mail(api, write, status):
    mail, other = write(), write("bram@example.org")
    api.answer = (status, {"Message": "Not now"})

    assert deliver_due(timezone.now) == 0
    assert len(api.got) == 1  # the others wait: it is not about this mail
    mail.refresh_from_db()
    assert mail.status == Status.WAITING
    assert f"API response {status}" in mail.last_error

    api.answer = (200, None)
    assert deliver_due(later(days=4)) == 2
    assert {m.status for m in OutgoingMail.objects.all()} == {Status.SENT}
    assert other.pk


@pytest.mark.parametrize(
    ("answer", "second"), [((None, None), True), ((500, {}), True), ((429, {}), False)]
)
def test_what_may_have_arrived_goes_once_more_and_is_marked(api, write, answer, second):
    write()
    api.answer = answer
    deliver_due(timezone.now)
    api.answer = (200, None)

    assert deliver_due(later(minutes=2)) == 1
    assert deliver_due(later(hours=2)) == 0

    first, again = api.got
    marks = [h["Value"] for h in again["Headers"] if h["Name"] == "X-Kennispunt-Copy"]
    assert marks == (["2; the first may have arrived"] if second else [])
    assert "X-Kennispunt-Copy" not in [h["Name"] for h in first["Headers"]]


def test_a_provider_that_is_away_is_not_in_doubt(api, write, settings):
    mail = write()
    settings.ANYMAIL |= {"POSTMARK_API_URL": f"http://127.0.0.1:{free_port()}/"}

    assert deliver_due(timezone.now) == 0

    mail.refresh_from_db()
    assert (mail.status, mail.perhaps_sent) == (Status.WAITING, False)
    assert "Failed to establish a new connection" in mail.last_error


def test_an_address_that_the_provider_refuses_fails_at_once_and_the_others_go_on(api, write):
    api.answers["anna@example.org"] = (422, INACTIVE)
    mail, _other = write(), write("bram@example.org")

    assert deliver_due(timezone.now) == 1

    mail.refresh_from_db()
    assert mail.status == Status.FAILED
    assert "marked as inactive" in mail.last_error


def test_what_may_be_about_our_account_is_tried_for_three_days(api, write):
    api.answer = (422, {"ErrorCode": 412, "Message": "Your account is pending approval."})
    mail = write()

    deliver_due(timezone.now)
    mail.refresh_from_db()
    assert mail.status == Status.WAITING
    assert "pending approval" in mail.last_error

    deliver_due(later(days=4))
    mail.refresh_from_db()
    assert mail.status == Status.FAILED


def test_a_mail_that_may_have_arrived_twice_rests(api, write):
    """The provider takes it and breaks off, each time: nobody gets a third copy."""
    api.answers["anna@example.org"] = (None, None)
    mail = write()
    for hours in range(0, 100, 7):
        deliver_due(later(hours=hours))

    mail.refresh_from_db()
    assert (mail.status, mail.copies) == (Status.PERHAPS, 2)
    assert len(api.got) == 2


def test_a_mail_on_which_the_provider_breaks_ends_when_others_go_through(api, write):
    api.answers["anna@example.org"] = (500, {"Message": "Oops"})
    mail, tries = write(), 0
    while mail.status == Status.WAITING and tries < 30:
        tries += 1
        now = mail.due_at
        write(f"lid{tries}@example.org")
        deliver_due(lambda now=now: now)
        deliver_due(lambda now=now: now + timedelta(seconds=30))  # the others
        mail.refresh_from_db()

    assert mail.status == Status.FAILED
    assert mail.last_error
    assert timedelta(days=3) <= mail.ended_at - mail.created_at < timedelta(days=4)
    assert set(OutgoingMail.objects.exclude(pk=mail.pk).values_list("status", flat=True)) == {
        Status.SENT
    }


@pytest.mark.thorough
def test_a_provider_that_breaks_on_every_mail_for_a_week_costs_none(api, write):
    api.answer = (500, {"Message": "Oops"})
    mail, began, other = write(), timezone.now(), write("bram@example.org")
    for hour in range(7 * 24):
        deliver_due(lambda hour=hour: began + timedelta(hours=hour))
    api.answer = (200, None)

    assert deliver_due(lambda: began + timedelta(days=8)) == 2
    for one in (mail, other):
        one.refresh_from_db()
        assert one.status == Status.SENT


def test_a_provider_without_its_key_or_with_a_wrong_name_shows_at_the_start(api, settings):
    assert mail_can_go_out(None) == []
    settings.ANYMAIL = {}
    [error] = mail_can_go_out(None)
    assert "POSTMARK_SERVER_TOKEN" in error.msg

    settings.EMAIL_BACKEND = "anymail.backends.postmerk.EmailBackend"
    [error] = mail_can_go_out(None)
    assert "postmerk" in error.msg
