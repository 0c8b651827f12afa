"""How allauth speaks to people: every mail about an account passes through here."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings


class AccountAdapter(DefaultAccountAdapter):
    """allauth with our contact address in its mails."""

    def send_mail(self, template_prefix, email, context):
        context = {**context, "contact": {"email": settings.CONTACT_EMAIL}}
        super().send_mail(template_prefix, email, context)
