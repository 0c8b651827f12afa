"""The name of a browser, in words that its owner knows."""

# The first that is found counts: every browser also says that it is another.
BROWSERS = {
    "Edg": "Edge", "OPR/": "Opera", "SamsungBrowser": "Samsung Internet", "Firefox": "Firefox",
    "FxiOS": "Firefox", "Chrom": "Chrome", "CriOS": "Chrome", "Safari": "Safari",
}  # fmt: skip
SYSTEMS = {
    "Android": "een Android-toestel", "iPhone": "een iPhone", "iPad": "een iPad",
    "Windows": "een Windows-computer", "CrOS": "een Chromebook", "Mac OS": "een Mac",
    "Linux": "een Linux-computer",
}  # fmt: skip


def in_words(user_agent: str) -> str:
    """ "Firefox op een Mac". What we do not know is shown as it was sent, cut off."""
    browser = next((name for mark, name in BROWSERS.items() if mark in user_agent), "")
    system = next((name for mark, name in SYSTEMS.items() if mark in user_agent), "")
    if browser and system:
        return f"{browser} op {system}"
    return browser or user_agent[:60] or "Een onbekende browser"
