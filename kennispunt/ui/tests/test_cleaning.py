"""Typed and pasted text is cleaned before it is compared."""

import pytest
from django import forms
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError

from kennispunt.ui import cleaning, fields

HIDDEN = "\u200b\u00ad\u2060\ufeff\u200e"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("  Dorps\u200bbelang\u00a0 Linde\u00adwaard ", "Dorpsbelang Lindewaard"),
        ("Cafe\u0301", "Café"),
        ("twee\r\nregels\x0bdrie\u2028vier", "twee regels drie vier"),
        ("a\0b\x1bc\ud800", "abc"),
        ("👩\u200d👩\u200d👧 नमस्\u200dते", "👩\u200d👩\u200d👧 नमस्\u200dते"),
        ("A\u200dB\u200c", "AB"),
    ],
)
def test_one_line(typed, meant):
    assert cleaning.one_line(typed) == meant
    assert cleaning.one_line(meant) == meant


@pytest.mark.parametrize(
    "typed",
    ["ABCD-EFGH", "ABCD–EFGH", "ABCD\u2011EFGH", "ABCD\u00a0EFGH", "\u200bABCD EFGH", "ABCD\u00adEFGH",
     " ABCD - EFGH\r\n", "ＡＢＣＤ－ＥＦＧＨ", "A B C D E F G H", "ABCD\u2212EFGH.", "ABCD\u200d-EFGH"],
)  # fmt: skip
def test_code(typed):
    assert cleaning.code(typed) == "ABCDEFGH"


@pytest.mark.parametrize(
    "typed",
    ["12345678", "1234 5678", " 12345678", "KVK 12345678", "kvk-nummer: 1234.5678", "K.v.K. nr. 12-34-56-78",
     "1234\u00a05678", "12345678\u200b", "١٢٣٤٥٦٧٨", "１２３４５６７８"],
)  # fmt: skip
def test_kvk_number(typed):
    assert fields.KvkField().clean(typed) == "12345678"


@pytest.mark.parametrize("typed", ["1234567", "123456789", "KVK", "1234567a", "9" * 5_000])
def test_what_is_no_kvk_number(typed):
    with pytest.raises(forms.ValidationError, match="8 cijfers"):
        fields.KvkField().clean(typed)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("9401ab", "9401 AB"), ("9401\u00a0AB", "9401 AB"), ("9401-ab ", "9401 AB"), ("9401 AB", "9401 AB"),
        ("", ""), ("0401 AB", "0401 AB"), ("B-1000", "B-1000"),
    ],
)  # fmt: skip
def test_postcode(typed, meant):
    assert cleaning.postcode(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1250,75", "1250.75"), ("€ 1.250,75", "1250.75"), ("1250.75", "1250.75"), ("1.250", "1250"),
        ("1.250.000,5", "1250000.5"), ("1,250.75", "1250.75"), ("€\u00a0125,-", "125"), ("125,--", "125"),
        ("125,00 euro", "125.00"), ("EUR 3", "3"), ("-3,5", "-3.5"), ("0,5", "0.5"), ("٣", "3"), ("", ""),
        ("veel", "veel"), ("1.2.3", "1.2.3"), ("1e9", "1e9"),
    ],
)  # fmt: skip
def test_amount(typed, meant):
    assert cleaning.amount(typed) == meant


@pytest.mark.parametrize("typed", ["0001-01-01", "9999-12-31", "2026-11-" + "1" * 25, "9" * 5_000])
def test_day_that_cannot_be_counted_with(typed):
    with pytest.raises(forms.ValidationError):
        fields.DayField().clean(typed)


@pytest.mark.parametrize(
    ("typed", "number"),
    [("12", 12), ("0", 0), ("", None), ("²", None), ("٣", None), ("-1", None), ("9" * 5_000, None)],
)
def test_number_of_a_row(typed, number):
    assert cleaning.row_number(typed) == number


@pytest.mark.parametrize(
    "field", [fields.NameField(max_length=9), fields.KvkField(), fields.CodeField(max_length=9)]
)
def test_no_browser_cuts_what_is_pasted(field):
    assert "maxlength" not in field.widget.attrs


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["9" * 25, "-1", "x", "²"])
def test_a_number_that_no_row_can_have_is_no_choice(key):
    with pytest.raises(ValidationError) as refused:
        fields.RowsField(Group.objects.all()).clean([key])

    assert refused.value.code == "invalid_choice"
