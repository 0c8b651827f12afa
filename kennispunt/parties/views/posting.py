"""What was sent with a form or an address."""


def posted(request):
    """What was filled in, also when that is nothing; None when the page is only looked at."""
    return request.POST if request.method == "POST" else None


def words_of(request) -> str:
    """What was searched for. PostgreSQL takes no NUL, and nobody types one."""
    return request.GET.get("q", "").replace("\x00", "").strip()[:200]
