"""A file is private: whoever asks, the app that owns it decides, at every request."""

import pytest
from django.core.exceptions import ValidationError

from kennispunt.files import actions
from kennispunt.files.models import StoredFile
from kennispunt.files.tests import make
from kennispunt.files.tests.conftest import OWNER

pytestmark = pytest.mark.django_db


@pytest.fixture
def paper(readers):
    return actions.store(make.upload(make.pdf(), "Statuten é.pdf"), owner=OWNER)


def test_who_may_read_it_saves_it(client, make_user, paper):
    client.force_login(make_user("anna"))

    answer = client.get(paper.get_absolute_url())

    assert answer.getvalue() == make.pdf()
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''Statuten%20%C3%A9.pdf"


def test_nothing_keeps_it_or_makes_more_of_it(client, make_user, paper):
    client.force_login(make_user("anna"))

    answer = client.get(paper.get_absolute_url())

    assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", "))
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"


def test_a_picture_may_be_shown_in_the_page(client, make_user, readers):
    photo = actions.store(make.upload(make.picture("PNG"), "foto.html"), owner=OWNER)
    client.force_login(make_user("anna"))

    answer = client.get(photo.get_absolute_url())

    assert answer["Content-Type"] == "image/png"
    assert answer["Content-Disposition"] == 'inline; filename="foto.png"'


def test_a_visitor_and_a_rival_learn_not_even_that_it_is_there(client, make_user, paper):
    assert client.get(paper.get_absolute_url()).status_code == 404

    client.force_login(make_user("carla"))
    assert client.get(paper.get_absolute_url()).status_code == 404
    assert client.head(paper.get_absolute_url()).status_code == 404


def test_who_is_no_member_any_more_is_refused_at_the_next_request(
    client, make_user, paper, readers
):
    client.force_login(make_user("anna"))
    assert client.get(paper.get_absolute_url()).status_code == 200

    readers.clear()

    assert client.get(paper.get_absolute_url()).status_code == 404


def test_what_no_app_answers_for_nobody_reads(client, make_user, paper):
    StoredFile.objects.update(owner="gone.app")
    client.force_login(make_user("anna", superuser=True))

    assert client.get(paper.get_absolute_url()).status_code == 404


def test_an_address_cannot_be_guessed_from_another(readers):
    one, two = (actions.store(make.upload(make.pdf()), owner=OWNER) for _ in range(2))

    assert one.key.version == 4
    assert one.content.name != two.content.name
    assert "brief" not in one.content.name


def test_only_an_app_that_answers_for_its_files_can_keep_them(readers):
    with pytest.raises(LookupError):
        actions.store(make.upload(make.pdf()), owner="nobody.knows")


def test_a_file_that_is_too_large_or_empty_is_refused(settings, readers):
    settings.FILES_MAX_MEGABYTES = 0
    with pytest.raises(ValidationError, match="groter dan 0 MB"):
        actions.store(make.upload(make.pdf()), owner=OWNER)
    with pytest.raises(ValidationError, match="leeg"):
        actions.store(make.upload(b""), owner=OWNER)

    assert not StoredFile.objects.exists()


# --- Going ------------------------------------------------------------------------------------


def test_the_content_goes_when_the_row_is_gone_for_good(paper, django_capture_on_commit_callbacks):
    storage, name = paper.content.storage, paper.content.name

    with django_capture_on_commit_callbacks(execute=True):
        actions.remove(paper)
        assert storage.exists(name)  # a transaction that is rolled back loses nothing

    assert not storage.exists(name)


def test_the_content_goes_also_with_many_at_once(readers, django_capture_on_commit_callbacks):
    papers = [actions.store(make.upload(make.pdf()), owner=OWNER) for _ in range(2)]

    with django_capture_on_commit_callbacks(execute=True):
        StoredFile.objects.all().delete()

    assert [p for p in papers if p.content.storage.exists(p.content.name)] == []
