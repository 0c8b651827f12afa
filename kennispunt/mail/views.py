"""Stop a kind of mail, for everyone who got one; and in development: read what was sent."""

from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from kennispunt.mail import kinds
from kennispunt.mail.models import MailChoice
from kennispunt.ui import links


@require_http_methods(["GET", "HEAD", "POST"])
@csrf_exempt  # mail programs send this POST by themselves (RFC 8058); the code is the key
@never_cache
def stop(request, code):
    """Stop mails of one kind. Looking changes nothing: mail scanners open every link."""
    choice = MailChoice.objects.filter(code=code).first()
    if choice is None:
        why = (
            "Misschien is hij niet helemaal overgenomen. Wil je een soort mail niet meer? Zeg het."
        )
        return links.dead(request, why=why)
    if request.method == "POST":
        choice.wanted = "again" in request.POST
        choice.save(update_fields=["wanted"])
    kind = kinds.of(choice.kind)
    return render(request, "mail/stop.html", {"choice": choice, "kind": kind})
