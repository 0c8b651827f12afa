"""Text that somebody typed is not lost when the session ended, or the page stood open too long.

A form from somebody no longer signed in, or with a token that is too old, is saved in
the session of the browser, at most an hour, and put back into the form after signing in: shown,
never sent by itself. Only for the account that was signed in here, when we know which; files,
passwords and codes are not saved.
"""

import re
import time
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver
from django.http.request import RawPostDataException, UnreadablePostError
from django.shortcuts import redirect, resolve_url
from django.template.loader import render_to_string
from django.utils.cache import patch_cache_control
from django.utils.crypto import constant_time_compare, salted_hmac
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from kennispunt.limits.counting import too_many
from kennispunt.ui import filling
from kennispunt.ui.origin import comes_from_us, is_ours

SECONDS = 3600
MOST = 100_000  # characters; a longer text is no form of ours
EACH, ALL_TOGETHER = 20, 400  # saved in an hour, from one place and in all: 40 MB at most
KEY = "typed"
OWNER = "__Host-wie" if settings.SESSION_COOKIE_SECURE else "wie"
SECRET = re.compile(r"csrf|password|wachtwoord|(?<!post)code|token|otp|credential|secret", re.I)
FORMS = {"application/x-www-form-urlencoded", "multipart/form-data"}
SAYS_WHERE_FROM = ("Sec-Fetch-Site", "Origin", "Referer")
ELSEWHERE = ("/account/", "/api/", "/mail/")  # signing in, and what programs send

TOO_LONG = "Wat je typte, was te lang om te bewaren. Ga terug in je browser en kopieer het."
SAVED = "Je bent niet meer ingelogd. Wat je typte, is bewaard. Log in, dan staat het er weer."
FILES = " Bestanden kies je daarna opnieuw."


# --- The middleware -------------------------------------------------------------------------------


def typed_text(get_response):
    """Save a form that meets the door of signing in, and put it back behind it."""

    def middleware(request):
        response = get_response(request)
        if request.method == "POST":
            after_post(request, response)
        elif request.method == "GET" and settings.SESSION_COOKIE_NAME in request.COOKIES:
            after_get(request, response)
        if hasattr(request, "typed_by"):  # signed out here: another tab may still hold a form
            remember(response, request.typed_by, SECONDS)
        return response

    return middleware


def after_post(request, response):
    if is_door(response) and request.user.is_anonymous:
        saved = save(request, why="session")
        if saved:
            messages.info(request, SAVED + FILES * saved["files"])
            door = urlsplit(response["Location"]).path
            response["Location"] = f"{door}?{urlencode({'next': saved['page']})}"
    elif not hasattr(request, "typed_saved") and settings.SESSION_COOKIE_NAME in request.COOKIES:
        saved = request.session.get(KEY)
        if saved and saved["path"] == request.path:
            del request.session[KEY]


def after_get(request, response):
    if saved := of_reader(request):
        here = {urlsplit(saved["page"]).path, saved["path"]}
        if request.path in here and is_page(response):
            put_back(request, response, saved)
        elif request.path in here and response.status_code == 302 and not is_door(response):
            # The page is elsewhere now, such as at what became of it.
            request.session[KEY] = saved | {"page": response["Location"]}
    if request.user.is_authenticated:
        mine = fingerprint(request.user)
        if request.COOKIES.get(OWNER) != mine and is_page(response):
            remember(response, mine, settings.SESSION_COOKIE_AGE)


def remember(response, mine, seconds):
    """Of whom a form is that comes from this browser without a session."""
    response.set_cookie(
        OWNER, mine, max_age=seconds, httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip


def is_door(response):
    doors = {resolve_url(settings.LOGIN_URL), "/beheer/login/", "/_util/login/"}
    return response.status_code == 302 and urlsplit(response["Location"]).path in doors


def is_page(response):
    return (
        response.status_code == 200
        and not response.streaming
        and response.get("Content-Type", "").startswith("text/html")
        and "Content-Encoding" not in response
    )


# --- Saving ---------------------------------------------------------------------------------------


def save(request, *, why: str) -> dict | None:
    """Save this form for after signing in; None when there is nothing to save, or we may not."""
    request.typed_saved = True
    if request.path.startswith(ELSEWHERE) or not from_here(request):
        return None
    data = typed_in(request)
    if not any(text.strip() for given in data.values() for text in given):
        return None
    if sum(len(text) for given in data.values() for text in given) > MOST:
        messages.warning(request, TOO_LONG)
        return None
    if too_many(request, "typed", each=EACH, all_together=ALL_TOGETHER):
        return None
    saved = {
        "at": int(time.time()), "path": request.path, "page": page_of(request), "why": why,
        "data": data, "files": bool(request.FILES), "owner": request.COOKIES.get(OWNER, ""),
    }  # fmt: skip
    request.session[KEY] = saved
    if request.user.is_anonymous:
        request.session.set_expiry(SECONDS)
    return saved


def typed_in(request):
    """The fields of the form, without what is secret."""
    if request.content_type not in FORMS or "X-Requested-With" in request.headers:
        return {}
    try:
        lists = request.POST.lists()
    except (RawPostDataException, UnreadablePostError):
        return {}
    return {name: given for name, given in lists if not SECRET.search(name)}


def from_here(request):
    """No other site may fill our forms. A browser always says when it is another site."""
    says_nothing = not any(request.headers.get(name) for name in SAYS_WHERE_FROM)
    return says_nothing or comes_from_us(request)


def page_of(request):
    """The page of ours on which it was typed: a button may be sent elsewhere."""
    sender = request.headers.get("Referer", "")
    if is_ours(sender, request):
        parts = urlsplit(sender)
        if parts.path.startswith("/") and not parts.path.startswith(("//", *ELSEWHERE)):
            return parts.path + (f"?{parts.query}" if parts.query else "")
    return request.get_full_path()


# --- Putting back ---------------------------------------------------------------------------------


def of_reader(request) -> dict | None:
    """Return what is saved for this reader: for an hour, and until somebody else signs in."""
    saved = request.session.get(KEY)
    if not saved:
        return None
    if not 0 <= time.time() - saved["at"] <= SECONDS:
        del request.session[KEY]
        return None
    if saved["owner"] and request.user.is_anonymous:
        return None
    if saved["owner"] and not constant_time_compare(saved["owner"], fingerprint(request.user)):
        del request.session[KEY]
        return None
    return saved


def put_back(request, response, saved):
    page = response.content.decode(response.charset)
    filled = filling.fill(
        page, address=request.get_full_path(), sent_to=saved["path"], data=saved["data"]
    )
    if not filled.found and not filled.left:
        return
    notice = render_to_string(
        "accounts/typed.html",
        {"kept": saved, "found": filled.found, "left": filled.left},
        request,
    )
    response.content = filled.html[: filled.place] + notice + filled.html[filled.place :]
    patch_cache_control(response, private=True, no_store=True)


def fingerprint(user) -> str:
    """Says to us whose browser this is, and nothing to anybody else."""
    return salted_hmac("kennispunt.accounts.typed", str(user.pk), algorithm="sha256").hexdigest()


@receiver(user_logged_in)
def longer_again(sender, request, **kwargs):
    """The short life was that of the session without an account."""
    if request and request.session.get("_session_expiry") == SECONDS:
        request.session.set_expiry(None)


@receiver(user_logged_out)
def remember_for_an_hour(sender, request, user, **kwargs):
    if request and user and OWNER in request.COOKIES:
        request.typed_by = fingerprint(user)


@require_POST
@never_cache
def forget(request):
    """Throw away what was saved: it is not mine, or not needed any more."""
    saved = request.session.pop(KEY, None)
    messages.success(request, "Wat er getypt was, is gewist.")
    return redirect(urlsplit(saved["page"]).path if saved else "accounts:mine")
