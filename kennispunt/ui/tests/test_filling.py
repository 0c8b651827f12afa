"""Putting values back into a finished page changes nothing else of it."""

import pytest

from kennispunt.ui.filling import fill

FORM = """<!doctype html><main class="a"><p>Eén &amp; twee&nbsp;<br/></p>
<form method="get" action="/x/"><input name="q"></form>
<form method="post">
<input type="hidden" name="key" value="new"><input name="name" value="old" required>
<input type='password' name=secret><input type="file" name="file">
<textarea name="text" rows=3>
old</textarea><select name="one"><option value="a" selected>A</option>
<option value="b">B</option></select>
<input type="checkbox" name="who" value="1" checked><input type="checkbox" name="who" value="2">
<input type="radio" name="r" value="x"><input name="item"><input name="item">
<button name="go" value="1">Go</button></form><script>if (a < b) "<input name='name'>"</script></main>"""


def filled(html=FORM, **data):
    return fill(html, address="/x/?a=1", sent_to="/x/", data=data)


def test_every_kind_of_field_has_what_was_typed():
    html = filled(
        name=["<b> & \"c'"], text=["één\ntwee </textarea>"], one=["b"], who=["2"], r=["x"],
        item=["eerste", "tweede"], key=["forged"], secret=["s"], file=["f"], go=["1"],
    ).html  # fmt: skip

    assert 'name="name" value="&lt;b&gt; &amp; &quot;c&#x27;" required' in html
    assert ">\néén\ntwee &lt;/textarea&gt;</textarea>" in html
    assert '<option value="a">A' in html
    assert '<option value="b" selected>B' in html
    assert '<input type="checkbox" name="who" value="1"><' in html
    assert 'name="who" value="2" checked' in html
    assert 'name="r" value="x" checked' in html
    assert 'value="eerste"><input name="item" value="tweede"' in html
    assert 'name="key" value="new"' in html
    assert "<input type='password' name=secret><input type=\"file\"" in html
    assert "forged" not in html


def test_nothing_else_changes():
    before, after = FORM.partition('<form method="post">')[0], FORM.partition("<script>")[2]
    html = filled(name=["x"]).html

    assert html.startswith(before)
    assert html.endswith(after)


def test_what_finds_no_field_is_given_back_in_words():
    rich = '{"blocks": [{"text": "Een kop"}, {"text": "En tekst"}]}'

    page = filled(
        name=["x"], other=["Een lang verhaal"], number=["12"], rich=[rich], key=["k12345"]
    )

    assert page.left == ["Een lang verhaal", "Een kop\nEn tekst"]
    assert page.html[page.place :].startswith('<form method="post">')


def test_of_two_forms_that_are_sent_there_the_one_with_the_same_key_is_filled():
    form = '<form method="post" action="/x/"><input type="hidden" name="row" value="{}">'
    html = "".join(form.format(row) + '<input name="note"></form>' for row in (1, 2, 3))

    page = filled(html, row=["2"], note=["hier"])

    assert page.html.count("hier") == 1
    assert page.html.index("hier") > page.html.index('value="2"')
    assert page.html.index("hier") < page.html.index('value="3"')


def test_a_page_without_the_form_gets_its_place_in_the_content():
    page = fill(FORM, address="/x/", sent_to="/elsewhere/", data={"text": ["Verhaal"]})

    assert not page.found
    assert page.html == FORM
    assert page.html[: page.place].endswith('<main class="a">')
    assert page.left == ["Verhaal"]


@pytest.mark.parametrize("html", ["", "<form", "<form method=post><textarea name=text>", "\0<x"])
def test_broken_html_breaks_nothing(html):
    assert isinstance(filled(html, text=["a"]).html, str)
