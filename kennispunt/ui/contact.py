"""Our contact details, in every template: {{ contact.email }}."""

from django.conf import settings


def contact(request):
    """The context processor; phone and hours may be empty."""
    return {
        "contact": {
            "email": settings.CONTACT_EMAIL,
            "phone": settings.CONTACT_PHONE,
            "hours": settings.CONTACT_HOURS,
        }
    }
