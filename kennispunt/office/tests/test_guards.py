"""One way to say who of the staff may open a page."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse

from kennispunt.accounts.models import User
from kennispunt.office import guards
from kennispunt.office.guards import for_staff

CODE = settings.BASE_DIR / "kennispunt"
REFUSES = re.compile(r"if not \w+\(request\.user\):\s+raise PermissionDenied$", re.M)


@for_staff(lambda user: user.name == "Eva")
def page(request, word):
    return HttpResponse(word)


def answer(rf, user):
    request = rf.get("/balie/")
    request.user = user
    return page(request, word="ja")


def test_who_may_sees_the_page_and_no_browser_keeps_it(rf):
    given = answer(rf, User(name="Eva"))
    assert given.text == "ja"
    assert "no-store" in given["Cache-Control"]


def test_who_may_not_is_refused(rf):
    with pytest.raises(PermissionDenied):
        answer(rf, User(name="Ali"))


def test_a_visitor_is_asked_to_sign_in(rf):
    given = answer(rf, AnonymousUser())
    assert given["Location"] == "/account/login/?next=/balie/"


def test_no_view_guards_itself_in_another_way():
    """A right of the staff is asked by for_staff(), in the back office by Wagtail's guard."""
    for file in set(CODE.rglob("*.py")) - {Path(guards.__file__), Path(__file__)}:
        text = file.read_text("utf-8")
        assert "contrib.auth.decorators import permission_required" not in text, file
        assert not REFUSES.search(text), file
