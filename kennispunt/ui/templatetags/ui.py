"""The components of our pages: {% load ui %}. Each has one tag here and one stylesheet of the
same name; what is more than a line has a template too. An argument that a component does not know
is an error. The page /ui/ shows them all (in development).
"""

import json

from django import template
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.text import slugify

from kennispunt.ui.dutch import counted, listed
from kennispunt.ui.icons import icon as draw_icon
from kennispunt.ui.links import full_address
from kennispunt.ui.stylesheet import stylesheet as current_stylesheet
from kennispunt.ui.tables import labelled

register = template.Library()


def one_of(value, *known):
    """The value itself, or an error that names what is known."""
    if value not in known:
        raise template.TemplateSyntaxError(f"{value!r} is not one of: {', '.join(known)}")
    return value


def component(name, **context):
    return render_to_string(f"ui/{name}.html", context)


# --- The shell ----------------------------------------------------------------------------------


@register.simple_tag
def stylesheet():
    """The address of the one stylesheet."""
    return reverse("ui:stylesheet", args=[current_stylesheet().version])


@register.simple_block_tag
def one_line(content):
    """Text that a template writes on several lines, for an attribute: {% one_line %}…"""
    return mark_safe(" ".join(content.split()))  # noqa: S308 - the template escaped it


@register.simple_tag
def icon(name):
    """{% icon "calendar" %}, always beside a word. The names are in ui/icons.py."""
    return draw_icon(name)


@register.simple_block_tag
def trail(content):
    """Show the way to here: {% trail %}{% crumb "Onderwerpen" "/onderwerpen/" %}{% endtrail %}

    Home stands before it by itself; the page itself is not in it.
    """
    return component("trail", content=content)


@register.simple_tag
def crumb(title, href):
    return format_html('<li><a href="{}">{}</a></li>', href, title)


@register.inclusion_tag("ui/search_box.html")
def search_box(*, action, value="", label="Zoek een onderwerp of typ je vraag", id="zoek"):
    """The field that asks the whole site: {% search_box action="/zoeken/" value=query %}"""
    return {"action": action, "value": value, "label": label, "id": id}


@register.inclusion_tag("ui/pager.html")
def pager(page):
    """Through a long list: {% pager page %} with a page of Django's Paginator.

    Keeps the rest of the query string; shows nothing when all fits on one page.
    """
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {"page": page, "numbers": numbers}


# --- Reading ------------------------------------------------------------------------------------


@register.simple_block_tag
def notice(content, *, title="", tone="neutral", icon=""):
    """A box that asks attention: {% notice title="Let op" tone="now" %}…{% endnotice %}

    Tones: neutral, now (yellow), wrong (red). At most one on a screenful.
    """
    one_of(tone, "neutral", "now", "wrong")
    icon = icon or {"neutral": "info", "now": "clock", "wrong": "warning"}[tone]
    return component("notice", content=content, title=title, tone=tone, icon=icon)


@register.simple_block_tag
def brief(content, *, title="In het kort", date=None):
    """At most three sentences on top of a long text: {% brief date=day %}<ul>…{% endbrief %}"""
    return component("brief", content=content, title=title, date=date)


@register.inclusion_tag("ui/toc.html")
def toc(parts):
    """Show the parts of this page: {% toc parts %} with pairs of an id and a title."""
    return {"parts": parts}


@register.inclusion_tag("ui/checked.html")
def checked(on, *, by="", again=None, minutes=None, overdue=False):
    """Say when a page was last checked: {% checked page.checked_on by="de redactie" %}

    Dates, and the minutes that reading takes. Overdue adds that we will look at it again.
    """
    return {"on": on, "by": by, "again": again, "minutes": minutes, "overdue": overdue}


@register.simple_block_tag
def steps(content):
    """Numbered steps: {% steps %}{% step "Kies een naam" %}<p>…</p>{% endstep %}{% endsteps %}"""
    return format_html('<ol class="steps">{}</ol>', content)


@register.simple_block_tag
def step(content, title):
    return format_html("<li><div><h3>{}</h3>{}</div></li>", title, content)


@register.simple_block_tag
def faq(content):
    """Questions that open: {% faq %}{% question "Mag dat?" %}…{% endquestion %}{% endfaq %}"""
    return format_html('<div class="faq">{}</div>', content)


@register.simple_block_tag
def question(content, title, *, open=False, id=""):
    return component("question", content=content, title=title, open=open, id=id)


@register.simple_block_tag
def table(content, *, caption):
    """Rows and columns. On a phone each row is a block, and a table of figures scrolls in its box:
    {% table caption="Wat kost het?" %}<thead>…</thead><tbody>…</tbody>{% endtable %}
    """
    id = f"tabel-{slugify(caption)}"
    return mark_safe(labelled(component("table", content=content, caption=caption, id=id)))  # noqa: S308 - only labels join


@register.filter(name="counted")
def counted_filter(number, words):
    """A number and its word: {{ people|counted:"persoon,mensen" }}"""
    return counted(number, *words.split(","))


@register.filter(name="listed")
def listed_filter(words, last="en"):
    """Names in a sentence: {{ names|listed }}, or {{ names|listed:"of" }}"""
    return listed(words, last)


# --- Lists --------------------------------------------------------------------------------------


@register.simple_block_tag(name="register")
def ruled(content, *, columns=1):
    """A ruled list of entries and rows: {% register columns=3 %}{% entry … %}{% endregister %}"""
    wide = {1: "", 2: " register--two", 3: " register--three"}[columns]
    return format_html('<ul class="register{}">{}</ul>', wide, content)


@register.simple_tag
def entry(title, *, href, text=""):
    """One line of a register, all of it a link: {% entry "Oprichten" href="…" text="Van …" %}"""
    text = format_html("<span>{}</span>", text) if text else ""
    return format_html(
        '<li><a class="entry" href="{}"><strong>{}</strong>{}</a></li>', href, title, text
    )


@register.simple_block_tag
def row(content, title, *, href="", date=None, now=False):
    """One line of a register with a date before it and more under its title:
    {% row "Leden werven" href="…" date=training.day %}<p>Drachten</p>{% endrow %}
    """
    return component("row", content=content, title=title, href=href, date=date, now=now)


@register.simple_block_tag
def nothing(content, *, title):
    """An empty list: why, and one thing to do. {% nothing title="…" %}<p>…</p>{% endnothing %}"""
    return component("nothing", content=content, title=title)


# --- Dates --------------------------------------------------------------------------------------


@register.inclusion_tag("ui/leaf.html")
def leaf(date, *, now=False):
    """A date as a leaf of a tear-off calendar: {% leaf training.day %}"""
    return {"date": date, "now": now}


@register.simple_block_tag
def due(content, title, *, date, left, next=(), next_title="Daarna"):
    """The one card of what is due now:
    {% due "Laatste dag om …" date=day left="nog 29 dagen" next=days %}<p>…</p>{% enddue %}

    `next` are things with a date, a title and perhaps a url.
    """
    return component(
        "due", content=content, title=title, date=date, left=left, next=next, next_title=next_title
    )


@register.simple_block_tag
def timeline(content):
    """Days on a string: {% timeline %}{% day "Stemmen" date=day state="next" %}…{% endday %}…"""
    return format_html('<ol class="timeline">{}</ol>', content)


@register.simple_block_tag
def day(content, title, *, date, state="", id=""):
    """One day. States: past, now (today), next (the one that is due), or none: still to come."""
    one_of(state, "", "past", "now", "next")
    return component("day", content=content, title=title, date=date, state=state, id=id)


# --- Status -------------------------------------------------------------------------------------


@register.simple_tag
def status(words, *, dot="open"):
    """A dot that fills, and always its words: {% status "Nog 4 plaatsen" dot="half" %}"""
    one_of(dot, "open", "half", "full", "now", "late")
    return format_html('<span class="status status--{}">{}</span>', dot, words)


def dots(filled, total):
    parts = ['<i class="taken"></i>'] * filled + ["<i></i>"] * (total - filled)
    return format_html(
        '<span class="places" aria-hidden="true">{}</span>',
        mark_safe("".join(parts)),  # noqa: S308 - no text in it
    )


@register.simple_tag
def places(*, taken, of):
    """One dot per chair and the number in words: {% places taken=12 of=16 %}"""
    return format_html("{} {} van de {} bezet", dots(taken, of), taken, of)


@register.simple_tag
def progress(*, done, of, noun="stappen"):
    """One dot per step and the number in words: {% progress done=3 of=7 noun="lessen" %}"""
    return format_html("{} {} van de {} {} gedaan", dots(done, of), done, of, noun)


@register.simple_block_tag
def readers(content, *, who):
    """Say who can read what you send, before the button that sends it:
    {% readers who="one" %}<p>Alleen de helpdesk leest dit.</p>{% endreaders %}

    Who: one (a lock), some (an eye), hidden (from some: a struck eye).
    """
    icon = {"one": "lock", "some": "eye", "hidden": "eye-off"}[one_of(who, "one", "some", "hidden")]
    return format_html('<div class="readers">{}<div>{}</div></div>', draw_icon(icon), content)


# --- Pressing -----------------------------------------------------------------------------------


@register.simple_tag
def button(text, *, href="", second=False, small=False, icon="", name="", value=""):
    """Show a button: {% button "Plaats nemen" %} sends the form, with href= it is a link.

    One button per screen is solid; the others are second=True.
    """
    classes = "button" + " button--second" * second + " button--small" * small
    words = format_html("{}{}", draw_icon(icon) if icon else "", text)
    if href:
        return format_html('<a class="{}" href="{}">{}</a>', classes, href, words)
    named = format_html(' name="{}" value="{}"', name, value) if name else ""
    return format_html('<button class="{}" type="submit"{}>{}</button>', classes, named, words)


# --- Pictures -----------------------------------------------------------------------------------


@register.inclusion_tag("ui/dot_map.html")
def dot_map(*, caption, lights=(), label=""):
    """The country as 342 dots, one for each municipality: {% dot_map caption="…" lights=points %}

    Lights are pairs (x, y) in a field of 273 × 316; the label says in words which they are.
    """
    return {"caption": caption, "lights": lights, "label": label}


@register.simple_tag
def picture_address(path):
    """The full address of a static file, for others who show our pages."""
    return full_address(static(path))


@register.inclusion_tag("ui/shared_as.html")
def shared_as(*, title, address, description="", picture="", kind="website"):
    """Tell others what to show when they link to this page, and its one address; in the head:

    {% shared_as title=page.title description=page.summary address=page.url kind="article" %}
    """
    return {
        "title": title,
        "description": description,
        "address": full_address(address),
        "picture": full_address(picture or static("ui/social-card.png")),
        "kind": one_of(kind, "website", "article"),
    }


@register.simple_tag
def structured(things):
    """Tell search engines what a page is about (schema.org): {% structured graph %}. A data block:
    no browser runs it, so it passes our policy."""
    text = json.dumps({"@context": "https://schema.org", "@graph": things}, ensure_ascii=False)
    safe = text.translate({ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&"})
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(safe))  # noqa: S308
