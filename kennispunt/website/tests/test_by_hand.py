"""Posts that Wagtail's own pages never send: made by hand they are no fault of ours."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.contrib.redirects.models import Redirect

from kennispunt.pages.models import BasePage

pytestmark = pytest.mark.django_db

IMPORT = "/beheer/redirects/import/"


@pytest.fixture
def staff(client, make_user):
    client.force_login(make_user("petra", superuser=True))
    client.raise_request_exception = False
    return client


def test_the_fault_on_purpose_of_wagtail_is_not_there(staff):
    assert staff.get("/beheer/failwhale/").status_code == 404


def test_page_without_a_face_of_its_own_is_not_there(staff):
    welcome = BasePage.objects.get(depth=2)

    assert staff.get(f"/beheer/pages/{welcome.pk}/view_draft/").status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        f"{IMPORT}process/", "/beheer/choose-external-link/",
        "/beheer/snippets/choose/trainings/room/create/",
        "/beheer/snippets/choose/facts/law/create/",
    ],
)  # fmt: skip
@pytest.mark.parametrize("sent", [{}, {"title": "x", "import_file_name": "x", "input_format": "9"}])
def test_form_of_the_back_office_that_was_made_by_hand_is_refused(staff, address, sent):
    assert staff.post(address, sent).status_code == 400


def test_import_of_redirects_that_was_read_before_is_refused_and_a_good_one_is_taken(staff):
    file = SimpleUploadedFile("a.csv", b"van,naar\n/oud/,https://example.org/\n")
    page = staff.post(IMPORT, {"import_file": file}).text
    sent = dict(re.findall(r'name="(import_file_name|input_format)" value="([^"]*)"', page))
    sent |= {"from_index": "0", "to_index": "1", "permanent": "on"}

    staff.post(f"{IMPORT}process/", sent)

    assert Redirect.objects.get().old_path == "/oud"
    del sent["permanent"]  # so that it is not the same form once more
    assert staff.post(f"{IMPORT}process/", sent).status_code == 400  # the file is gone
