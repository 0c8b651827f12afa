"""The user: an e-mail address and a name. Their rights follow from elsewhere."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from kennispunt.ui.cleaning import one_line

NAMELESS = "Iemand zonder naam"


class UserManager(BaseUserManager):
    def get_by_natural_key(self, username):
        """The person with this address, however it was typed."""
        return self.get(email=username.lower())

    def create_user(self, email, password=None, **fields):
        """A new person. Without a password they sign in with a mailed code or a passkey."""
        user = self.model(email=email.lower(), **fields)
        user.set_password(password)
        user.save()
        user.keep_address()
        return user

    def create_superuser(self, email, password=None, **fields):
        return self.create_user(email, password, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account, who signs in by e-mail address.

    Nothing here says for which party a person speaks: that stands in a layer above, with a
    link that cannot be followed from here.
    """

    email = models.EmailField("e-mailadres", unique=True)
    name = models.CharField("naam", max_length=150, blank=True)
    is_active = models.BooleanField(
        "actief", default=True, help_text="Zet dit uit in plaats van een account te wissen."
    )
    joined_at = models.DateTimeField("account sinds", auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        ordering = ["email"]
        verbose_name = "account"
        verbose_name_plural = "accounts"
        constraints = [
            # One address is one person, however it was typed.
            models.CheckConstraint(condition=Q(email=Lower("email")), name="address_in_lower_case"),
        ]

    def __str__(self):
        # Never the mail address: that is for the person and the staff alone, and this is what
        # every page, list and mail shows of somebody.
        return self.name or NAMELESS

    def clean(self):
        super().clean()
        self.email = self.email.lower()

    def save(self, *args, **kwargs):
        # A name stands in mails and lists: one line, without signs that nobody sees.
        self.name = one_line(self.name)
        super().save(*args, **kwargs)

    def has_perm(self, perm, obj=None):
        """Rights are for the staff, and count with a second factor only: see groups.py."""
        from kennispunt.accounts.groups import has_second_factor

        return super().has_perm(perm, obj) and has_second_factor(self)

    def has_module_perms(self, app_label):
        from kennispunt.accounts.groups import has_second_factor

        return super().has_module_perms(app_label) and has_second_factor(self)

    def keep_address(self):
        """Tell allauth the address to sign in with. A mailed code shows that it is theirs."""
        from allauth.account.models import EmailAddress

        from kennispunt.accounts import mailbox

        before = EmailAddress.objects.filter(user=self, primary=True, verified=True).first()
        if before and before.email.lower() != self.email:
            mailbox.move(before.email, self.email)
        EmailAddress.objects.update_or_create(
            user=self, primary=True, defaults={"email": self.email}
        )

    def get_full_name(self):
        return str(self)

    def get_short_name(self):
        return str(self)

    @property
    def first_name(self):
        """How the menu of the back office names who is signed in; else it takes the address."""
        return str(self)
