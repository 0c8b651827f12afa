"""Mail that a provider brings, by the webhook that django-anymail knows: /mail/binnen/NAME/.

Closed unless MAIL_WEBHOOK_PROVIDER and ANYMAIL_WEBHOOK_SECRET are both set. When we fail, the
provider gets an error and comes again.
"""

from email.policy import compat32
from importlib import import_module

from anymail.signals import inbound
from django.conf import settings
from django.dispatch import receiver
from django.http import Http404
from django.views.decorators.csrf import csrf_exempt

from kennispunt.mail import intake


@csrf_exempt  # the provider shows a name and password instead
def webhook(request, provider):
    """The door for the one provider that our settings name."""
    known = settings.MAIL_WEBHOOK_PROVIDER
    if not known or provider != known or not settings.ANYMAIL.get("WEBHOOK_SECRET"):
        raise Http404
    return _view(provider)(request)


def _view(provider):
    module = import_module(f"anymail.webhooks.{provider}")
    endings = ("InboundWebhookView", "CombinedWebhookView")
    return next(v for name, v in vars(module).items() if name.endswith(endings)).as_view()


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
    return event.message.as_bytes(policy=compat32)
