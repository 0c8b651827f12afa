"""Tables say in each cell under which heading it stands, for a phone that shows rows as blocks."""

from kennispunt.ui.tables import labelled

HEAD = "<thead><tr><th scope='col'>Wat</th><th scope='col'>Wie &amp; <em>wanneer</em></th></tr></thead>"


def test_each_cell_has_its_heading():
    row = '<tr><th scope="row">Begroting</th><td class="x">1</td></tr>'

    told = labelled(f"<p>Voor</p><table>{HEAD}<tbody>{row}</tbody></table>")

    assert '<th scope="row">Begroting</th>' in told
    assert '<td class="x" data-label="Wie &amp; wanneer">1</td>' in told
    assert told.startswith(f"<p>Voor</p><table>{HEAD}")


def test_cell_that_needs_no_heading_has_none():
    row = '<tr><th scope="row">1 mei</th><td data-label="">Lever in</td></tr>'

    assert row in labelled(f"<table>{HEAD}<tbody>{row}</tbody></table>")


def test_what_opens_on_the_spot_is_no_part_of_a_heading():
    head = '<thead><tr><td></td><th><button>Borg</button><span popover id="x">Geld</span></th></tr></thead>'

    told = labelled(f"<table>{head}<tbody><tr><td>a</td><td>b</td><td>c</td></tr></tbody></table>")

    assert '<td>a</td><td data-label="Borg">b</td><td>c</td>' in told


def test_figures_a_table_without_headings_and_text_stay_as_they_are():
    figures = f'<table>{HEAD}<tbody><tr><th>a</th><td class="num">1</td></tr></tbody></table>'
    bare = "<table><tbody><tr><td>a</td></tr></tbody></table>"
    for html in (figures, bare, "<p>a &lt;table&gt;</p>"):
        assert labelled(html) == html
