"""manage.py invite_staff ADDRESS: the first account on a server that may do everything."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction

from kennispunt.accounts.models import User
from kennispunt.mail.send import send


class Command(BaseCommand):
    help = "Make an account that may do everything, and mail how to sign in. No password is made."

    def add_arguments(self, parser):
        parser.add_argument("address")

    @transaction.atomic
    def handle(self, *, address, **options):
        try:
            validate_email(address)
        except ValidationError as error:
            raise CommandError("That is not an e-mail address.") from error
        if User.objects.filter(email=address.lower()).exists():
            raise CommandError("There is an account with this address already.")
        User.objects.create_superuser(address)
        send("accounts/mail/staff.md", to=address, purpose="account.staff", urgent=True)
        self.stdout.write("Invited.")
