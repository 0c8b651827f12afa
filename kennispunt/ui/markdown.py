"""The ground of readers of Markdown in several apps."""

from markdown_it import MarkdownIt


def ready(markdown: MarkdownIt) -> MarkdownIt:
    """The same, fit to be shared by threads.

    It puts its rules in order at the first text, in a place that other threads look at meanwhile:
    the first texts after a start could be read with half of the rules. So that is done now.
    """
    for ruler in (
        markdown.core.ruler, markdown.block.ruler, markdown.inline.ruler, markdown.inline.ruler2,
    ):  # fmt: skip
        ruler.getRules()
    return markdown
