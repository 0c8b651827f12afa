"""The virus scanner: clamd, where CLAMD_URL says it is.

A scanner that is set and does not answer lets nothing through: the sender hears to try again.
"""

import io
import logging
from urllib.parse import urlsplit

from clamav_client.clamd import ClamdError, ClamdNetworkSocket, ClamdUnixSocket
from django.conf import settings
from django.core.exceptions import ValidationError

log = logging.getLogger(__name__)

SECONDS = 20  # more than clamd takes for our largest file
AWAKE = 2  # in which one that is there says so: a silent one does not cost the time of a scan
INFECTED = "In dit bestand vonden we een virus. We hebben het niet bewaard."
NO_SCANNER = (
    "We kunnen bestanden nu niet op virussen nakijken, en nemen ze daarom niet aan."
    " Probeer het over een kwartier opnieuw."
)


def refuse_infected(content: bytes) -> None:
    """ValidationError when the scanner finds something, or is set and does not answer."""
    if not settings.CLAMD_URL:
        return
    try:
        _scanner(settings.CLAMD_URL, AWAKE).ping()
        answer = _scanner(settings.CLAMD_URL, SECONDS).instream(io.BytesIO(content))
    except (ClamdError, OSError, UnicodeDecodeError) as problem:
        log.error("The virus scanner does not answer: %s", type(problem).__name__)
        raise ValidationError(NO_SCANNER) from problem
    for status, _ in answer.values():
        if status == "FOUND":
            raise ValidationError(INFECTED)
    if [status for status, _ in answer.values()] != ["OK"]:
        log.error("The virus scanner could not scan a file.")
        raise ValidationError(NO_SCANNER)


def _scanner(url, seconds):
    """tcp://host:3310 or unix:///run/clamav/clamd.ctl"""
    where = urlsplit(url)
    if where.scheme == "unix":
        return ClamdUnixSocket(where.path, timeout=seconds)
    return ClamdNetworkSocket(where.hostname, where.port or 3310, timeout=seconds)
