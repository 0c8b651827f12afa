"""manage.py check: the settings of mail fit together. Also asked before any command starts."""

from django.core.checks import Error, register
from django.core.mail import get_connection


@register
def mail_can_go_out(app_configs, **kwargs):
    """A provider that does not exist, or whose key is missing, shows before mail piles up."""
    try:
        get_connection()
    except Exception as problem:  # whatever a backend raises about its settings
        why = " ".join(str(problem).split())
        return [Error(f"Mail cannot go out: {why}", hint="See EMAIL_PROVIDER in operations.md.")]
    return []
