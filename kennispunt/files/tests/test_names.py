"""A name is what somebody typed somewhere: it must be safe to show, save and send on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kennispunt.files.names import stored_name


@pytest.mark.parametrize(
    ("typed", "safe"),
    [
        ("Notulen ALV 2026.pdf", "Notulen ALV 2026.pdf"),
        ("besluit", "besluit.pdf"),
        ("../../x", "x.pdf"),
        ("..\\..\\windows\\x.exe", "x.pdf"),
        ("/etc/passwd", "passwd.pdf"),
        ("foto\u202efdp.exe", "fotofdp.pdf"),
        ("a\r\nSet-Cookie: x=1.pdf", "a Set-Cookie x=1.pdf"),
        ('a";filename=b.html', "afilename=b.pdf"),
        ("brief.pdf.exe", "brief.pdf.pdf"),
        (".htaccess", "htaccess.pdf"),
        ("-rf.pdf", "rf.pdf"),
        ("", "bestand.pdf"),
        (None, "bestand.pdf"),
        ("...", "bestand.pdf"),
        ("\x00", "bestand.pdf"),
        ("Agenda’s één.pdf", "Agenda’s één.pdf"),
        ("e" * 500, "e" * 100 + ".pdf"),
        ("é" * 500 + ".pdf", "é" * 50 + ".pdf"),
    ],
)
def test_a_name_is_made_safe(typed, safe):
    assert stored_name(typed, "pdf") == safe


@given(st.text())
def test_no_name_is_dangerous(typed):
    safe = stored_name(typed, "pdf")

    assert safe.endswith(".pdf") and len(safe.encode()) <= 104
    assert not set(safe) & set('/\\<>:"|?*\r\n\x00\u202e')
    assert not safe.startswith((".", "-", " "))
