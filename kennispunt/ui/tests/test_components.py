import re
from datetime import date

import pytest
from django.core.paginator import Paginator
from django.template import Context, RequestContext, Template, TemplateSyntaxError
from django.test import RequestFactory

DAY = date(2026, 12, 21)


def show(source, **context):
    """Return what a template with our components gives, on one line."""
    html = Template("{% load ui %}" + source).render(Context(context))
    return re.sub(r"\s+", " ", html).strip()


def test_argument_that_a_component_does_not_know_is_an_error():
    with pytest.raises(TemplateSyntaxError, match="nu"):
        Template("{% load ui %}{% leaf day nu=True %}")


@pytest.mark.parametrize(
    "source",
    [
        '{% notice tone="red" %}{% endnotice %}',
        '{% status "Vol" dot="red" %}',
        '{% readers who="nobody" %}{% endreaders %}',
        '{% timeline %}{% day "Stemmen" date=day state="later" %}{% endday %}{% endtimeline %}',
    ],
)
def test_value_that_a_component_does_not_know_is_an_error(source):
    with pytest.raises(TemplateSyntaxError, match="is not one of"):
        show(source, day=DAY)


@pytest.mark.parametrize(
    "source",
    [
        "{% notice title=words %}{{ words }}{% endnotice %}",
        "{% status words %}",
        "{% register %}{% entry words href=words text=words %}{% endregister %}",
        "{% row words date=day %}{{ words }}{% endrow %}",
        "{% steps %}{% step words %}{% endstep %}{% endsteps %}",
        "{% trail %}{% crumb words words %}{% endtrail %}",
        "{% button words href=words %}",
        "{% button words name=words value=words %}",
        "{% search_box action=words value=words label=words %}",
        "{% table caption=words %}{% endtable %}",
        "{% nothing title=words %}{% endnothing %}",
        "{% faq %}{% question words %}{{ words }}{% endquestion %}{% endfaq %}",
        "{% checked day by=words %}",
        "{% due words date=day left=words %}{% enddue %}",
        "{% readers who='one' %}{{ words }}{% endreaders %}",
    ],
)
def test_text_is_escaped(source):
    html = show(source, words='<b onclick="x">', day=DAY)

    assert "&lt;b" in html
    assert "<b onclick" not in html


def test_component_keeps_the_components_inside_it():
    html = show('{% notice title="Let op" %}<p>{% status "Nog 4" dot="half" %}</p>{% endnotice %}')

    assert '<p><span class="status status--half">Nog 4</span></p>' in html


def test_checked_says_when_by_whom_and_when_again():
    html = show(
        '{% checked day by="de redactie" again=later minutes=1 %}',
        day=date(2026, 11, 16),
        later=date(2027, 2, 1),
    )

    assert "16 november 2026" in html and "door de redactie" in html
    assert "opnieuw op" in html and "1 februari 2027" in html
    assert "1 minuut lezen" in html


def test_overdue_check_is_told_and_promises_no_date_that_has_passed():
    html = show("{% checked day again=day overdue=True %}", day=date(2026, 11, 16))

    assert "Wij kijken dit opnieuw na" in html
    assert "opnieuw op" not in html


def test_places_are_told_in_words_too():
    html = show("{% places taken=2 of=3 %}")

    assert html.count("<i") == 3 and html.count("taken") == 2
    assert html.endswith("2 van de 3 bezet")


def page_of(number, *, of):
    return Paginator(range(of * 10), 10).get_page(number)


def test_pager_keeps_the_rest_of_the_question():
    request = RequestFactory().get("/zoeken/", {"q": "leden & geld", "page": "2"})

    context = RequestContext(request, {"page": page_of(2, of=3)})

    html = Template("{% load ui %}{% pager page %}").render(context)

    assert re.findall(r'href="([^"]+)"', html) == [
        "?q=leden+%26+geld&amp;page=1",
        "?q=leden+%26+geld&amp;page=1",
        "?q=leden+%26+geld&amp;page=3",
        "?q=leden+%26+geld&amp;page=3",
    ]


def test_pager_of_one_page_shows_nothing():
    assert show("{% pager page %}", page=page_of(1, of=1)) == ""
