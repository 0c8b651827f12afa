"""People know their telephone, not its user agent."""

import pytest

from kennispunt.accounts.devices import in_words


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        (
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36",
            "Chrome op een Linux-computer",
        ),
        (
            "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 SamsungBrowser/28.0 Chrome/130.0",
            "Samsung Internet op een Android-toestel",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Safari/604",
            "Safari op een iPhone",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0",
            "Edge op een Windows-computer",
        ),
        ("Telefoon", "Telefoon"),
        ("", "Een onbekende browser"),
    ],
)
def test_a_browser_is_named_in_words(sent, words):
    assert in_words(sent) == words
