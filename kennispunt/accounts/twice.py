"""A form that is sent twice was done once: the second try says so and leads to what came of it.

Two tabs, a lost connection, a button pressed twice: the database does it once, and the page would
say that it cannot be, or that there is nothing there. Only the very same form, from the same person
in the same session, right after the one that was done; what came in between makes it a new try.
"""

import hashlib
import time

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect

from kennispunt.accounts.typed import ELSEWHERE, is_door, typed_in

SECONDS = 900
KEY = "last_done"
ONCE = "Dit verstuurde je net ook al. Het is één keer gedaan."


def done_once(get_response):
    """Remember the last form that was done, and answer the same one with what came of it."""

    def middleware(request):
        response = get_response(request)
        if (
            request.method != "POST"
            or settings.SESSION_COOKIE_NAME not in request.COOKIES
            or request.path.startswith(ELSEWHERE)
            or not request.user.is_authenticated
        ):
            return response
        if response.status_code in (302, 303):
            if not is_door(response) and not hasattr(request, "typed_saved"):
                done = {"what": what(request), "to": response["Location"], "at": int(time.time())}
                request.session[KEY] = done
            return response
        last = request.session.get(KEY)
        if not last or response.status_code >= 500 or last["what"] != what(request):
            return response
        if time.time() - last["at"] > SECONDS:
            return response
        messages.info(request, ONCE)
        return redirect(last["to"])

    return middleware


def what(request) -> str:
    """This form with these words, for this person; no word of it can be read back."""
    files = [(name, one.name, one.size) for name, one in request.FILES.items()]
    parts = (request.user.pk, request.path, sorted(typed_in(request).items()), files)
    return hashlib.sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()
