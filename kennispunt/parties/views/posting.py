"""What was sent with a form."""


def posted(request):
    """What was filled in, also when that is nothing; None when the page is only looked at."""
    return request.POST if request.method == "POST" else None
