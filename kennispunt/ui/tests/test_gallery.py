"""Every component in a real browser: no axe violations, no sideways scroll, and on paper."""

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.browser


@pytest.fixture
def gallery(page):
    page.goto("/ui/")
    return page


def sideways(page):
    return page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
def test_no_component_has_an_accessibility_fault(page, width, scheme):
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    page.goto("/ui/")

    faults = Axe().run(page).response["violations"]

    assert [(fault["id"], [node["target"] for node in fault["nodes"]]) for fault in faults] == []


@pytest.mark.parametrize("width", [320, 360, 768, 1000, 1440])
def test_nothing_scrolls_sideways(gallery, width):
    gallery.set_viewport_size({"width": width, "height": 800})

    assert sideways(gallery) == 0


def test_what_you_press_is_large_enough(gallery):
    """24 px is the law (WCAG 2.5.8); links in a sentence are exempt."""
    gallery.set_viewport_size({"width": 360, "height": 800})

    small = gallery.evaluate(
        """[...document.querySelectorAll('a, button, summary, input, select, textarea')]
           .filter(e => e.getClientRects().length && !e.matches('.skip, label *'))
           .filter(e => getComputedStyle(e).display != 'inline')
           .filter(e => e.getBoundingClientRect().height < 24)
           .map(e => e.outerHTML)"""
    )

    assert small == []


def test_focus_is_on_the_summary_of_errors(gallery):
    gallery.wait_for_function("document.activeElement.className == 'errors'")


def test_on_paper_there_is_nothing_to_press(gallery):
    gallery.emulate_media(media="print")

    for selector in (".nav", ".masthead__search", ".toc", ".buttons", ".pager", "main form"):
        assert not gallery.locator(selector).first.is_visible(), selector
    assert gallery.locator("h1").is_visible()
    assert gallery.locator(".timeline").is_visible()


def test_focus_is_never_behind_the_bar_of_a_phone(page):
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto("/ui/")
    bar = page.locator(".nav").bounding_box()["y"]
    tops = []
    for _ in range(60):
        page.keyboard.press("Tab")
        if not page.evaluate("document.activeElement.closest('.nav')"):
            tops.append(page.evaluate("document.activeElement.getBoundingClientRect().top"))

    assert len(tops) > 40
    assert max(tops) < bar


def test_keyboard_goes_past_the_menu_to_the_text(page):
    page.goto("/ui/")
    page.evaluate("document.activeElement.blur()")
    page.locator(".skip").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.closest('main') !== null")
