"""Posts of a provider, by the webhooks of django-anymail (all its providers):

    /mail/binnen/NAME/    a message came in: kept whole, and handled once
    /mail/gemeld/NAME/    a mail of ours did not arrive, or somebody called it spam

Closed unless MAIL_WEBHOOK_PROVIDER and ANYMAIL_WEBHOOK_SECRET are both set; a provider that signs
must sign as well. When we fail, the provider gets an error and comes again.
"""

import hashlib
from email import message_from_string
from email.encoders import encode_base64
from email.policy import compat32
from importlib import import_module

from anymail.signals import EventType, inbound, tracking
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.handlers.wsgi import WSGIRequest
from django.dispatch import receiver
from django.http import Http404, HttpResponse, QueryDict
from django.utils.datastructures import MultiValueDict
from django.views.decorators.csrf import csrf_exempt

from kennispunt.mail import actions, intake
from kennispunt.mail.post import NAME_OF_OURS

LARGEST = 50 * 1024 * 1024  # providers stop at 25 to 40
RETURNED = {EventType.BOUNCED, EventType.REJECTED, EventType.FAILED}
UNWANTED = {EventType.COMPLAINED, EventType.UNSUBSCRIBED}


class LargeRequest(WSGIRequest):
    """A request that may hold a whole message, in memory. Elsewhere the limits of Django hold."""

    @property
    def body(self):
        if not hasattr(self, "_body"):
            self._body = self.read()
        return self._body

    def parse_file_upload(self, META, post_data):
        """multipart/form-data, whose parts Django would measure as those of a form on our site."""
        typed = message_from_string(f"Content-Type: {META['CONTENT_TYPE']}")
        boundary = (typed.get_boundary() or "").encode()
        post, files = QueryDict(mutable=True), MultiValueDict()
        for part in (b"\r\n" + post_data.read()).split(b"\r\n--" + boundary)[1:-1]:
            head, _, content = part.partition(b"\r\n\r\n")
            headers = message_from_string(head.decode("utf-8", "replace").lstrip())
            name = headers.get_param("name", header="content-disposition")
            if (filename := headers.get_filename()) is None:
                post.appendlist(name, content.decode("utf-8", "surrogateescape"))
            else:
                kind = headers.get_content_type()
                files.appendlist(name, SimpleUploadedFile(filename or "x", content, kind))
        return post, files


@csrf_exempt  # the provider shows a name and password instead
def webhook(request, provider, kind):
    """The door for the one provider that our settings name. `kind`: "Inbound" or "Tracking"."""
    known = settings.MAIL_WEBHOOK_PROVIDER
    if not known or provider != known or not settings.ANYMAIL.get("WEBHOOK_SECRET"):
        raise Http404
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
        return HttpResponse(status=413)
    try:
        return _view(provider, kind)(LargeRequest(request.environ))
    except actions.TooEarly:
        return HttpResponse(status=503)


def _view(provider, kind):
    module = import_module(f"anymail.webhooks.{provider}")
    endings = (f"{kind}WebhookView", "CombinedWebhookView")
    found = (v for name, v in vars(module).items() if name.endswith(endings))
    if view := next(found, None):
        return view.as_view()
    raise Http404


@receiver(inbound, dispatch_uid="kennispunt.mail.keep")
def keep(event, esp_name, **kwargs):
    recipient = event.message.envelope_recipient or ""
    intake.keep(_raw(event), via=esp_name.lower()[:20], recipient=recipient)


def _raw(event):
    """The message as it came where the provider gives it, or else made of its parts again."""
    given = event.esp_event
    fields = given if isinstance(given, dict) else getattr(given, "POST", {})
    for name in ("RawEmail", "body-mime", "email"):
        if isinstance(fields.get(name), str) and ":" in fields[name]:
            return fields[name].encode("utf-8", "surrogateescape")
    return _made_again(event.message)


def _made_again(message):
    """The bytes of a message that came in parts; the same each time, so that it is kept once."""
    digest = hashlib.sha256()
    for part in message.walk():
        content = part.get_payload(decode=True) or b""
        digest.update(content)
        if content and not part["Content-Transfer-Encoding"]:
            encode_base64(part)  # as bytes each line end in it would become another
    for number, part in enumerate(message.walk()):
        if part.get_content_maintype() == "multipart":
            part.set_boundary(f"={digest.hexdigest()[:40]}-{number}")
    try:
        return message.as_bytes()
    except Exception:  # an odd header of a stranger; the older policy writes whatever there is
        return message.as_bytes(policy=compat32)


@receiver(tracking, dispatch_uid="kennispunt.mail.reported")
def reported(event, **kwargs):
    """The provider knows our mail by the name that we gave it; what is not ours we leave."""
    message_id = (event.metadata or {}).get(NAME_OF_OURS, "")
    if event.event_type in RETURNED:
        actions.did_not_arrive(
            message_id, event.description or event.reject_reason or "Teruggekomen"
        )
    elif event.event_type in UNWANTED:
        actions.stop_unwanted([message_id])
