"""The one way to say who of the staff may open a page at the desk.

    @require_POST
    @for_staff(may_plan)
    def cancel(request, pk): ...

`may` is a right from the `permissions.py` of an app. That a right counts with a second factor only
is decided below all views (accounts/groups.py), and so holds here too. A page of the back office,
/beheer/, has Wagtail's own guard, which leads back to the menu there:
`wagtail.admin.auth.user_passes_test(may)`.
"""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.views.decorators.cache import never_cache


def for_staff(may: Callable) -> Callable:
    """Open a view only to a user for whom `may(user)` is true.

    Others get 403; a visitor is asked to sign in. No browser keeps the page.
    """

    def decorate(view):
        @wraps(view)
        @never_cache
        @login_required
        def guarded(request, *args, **options):
            if not may(request.user):
                raise PermissionDenied
            return view(request, *args, **options)

        return guarded

    return decorate
