"""A reader of Markdown that threads share reads every text alike, from the first one on."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from markdown_it import MarkdownIt

from kennispunt.mail import letter
from kennispunt.pages import text
from kennispunt.ui.markdown import ready


@pytest.mark.parametrize("markdown", [letter.MARKDOWN, text.MARKDOWN], ids=["mail", "pages"])
def test_rules_of_what_is_shared_stand_ready(markdown):
    for ruler in (
        markdown.core.ruler, markdown.block.ruler, markdown.inline.ruler, markdown.inline.ruler2,
    ):  # fmt: skip
        assert ruler.__cache__ is not None


def test_first_texts_after_a_start_are_read_with_all_rules():
    source = "# Kop\n\n- **een** [twee](/drie/)\n\n> vier\n" * 5
    expected = MarkdownIt("commonmark").render(source)
    for _ in range(20):
        markdown, together = ready(MarkdownIt("commonmark")), Barrier(8)

        def read(_, markdown=markdown, together=together):
            together.wait()
            return markdown.render(source)

        with ThreadPoolExecutor(8) as threads:
            assert set(threads.map(read, range(8))) == {expected}
