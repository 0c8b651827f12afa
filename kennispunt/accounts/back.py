"""*Back* in the browser never meets an error of the browser.

Going back to the answer to a form, such as a page that said what was wrong, gives that page as it
was: a browser cannot ask for it again without sending the form again. So this one browser may store
that answer, where other private pages may not; signing out throws it away.
"""

from django.contrib.auth.signals import user_logged_out
from django.dispatch import receiver

FOR_BACK = "private, no-cache"  # not sent again for anything but going back


def back_works(get_response):
    def middleware(request):
        response = get_response(request)
        is_page = response.get("Content-Type", "").startswith("text/html")
        if request.method == "POST" and is_page and not response.has_header("Location"):
            response["Cache-Control"] = FOR_BACK
            # Its own cookies change with success, and then the browser would not find it.
            del response["Vary"]
        if hasattr(request, "signed_out"):
            response["Clear-Site-Data"] = '"cache"'
        return response

    return middleware


@receiver(user_logged_out)
def throw_away_stored_pages(sender, request, **kwargs):
    if request:
        request.signed_out = True
