"""What granian starts on a server, and gunicorn elsewhere."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kennispunt.settings")
django = get_wsgi_application()

# Only now are there settings.
from kennispunt.pagecache.wsgi import with_cached_pages  # noqa: E402
from kennispunt.ui.logs import with_a_log  # noqa: E402

application = with_a_log(with_cached_pages(django))
