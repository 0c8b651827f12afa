"""Reports of mail servers and programs about a mail of ours (RFC 3464, 5965), by what they say.

A report of a delivery has the same form as one of a failure. Only `Action: failed` is a failure.
"""

import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from enum import Enum

from flufl.bounce import all_failures

from kennispunt.mail.headers import header, raw_header
from kennispunt.mail.parsing import Message


class Says(Enum):
    FAILED = "failed"
    LATER = "later"
    ARRIVED = "arrived"
    COMPLAINT = "complaint"  # somebody called it spam, or wants no more of it
    NOTHING = "nothing"  # that concerns this mail: totals, or a test of a sender's name
    UNCLEAR = "unclear"


@dataclass(frozen=True)
class Report:
    """The event that is reported, and the message of ours it is about, as far as it says."""

    says: Says
    message_ids: tuple[str, ...] = ()


ENOUGH = 1_000_000  # bytes: what was returned may have large files behind its headers
_SENDERS = re.compile(
    r"(?:mailer-daemon|postmaster|mail-daemon|mdaemon|bounce)[^@]*@", re.IGNORECASE
)
_RETURNED = re.compile(
    r"(?:undeliver|returned mail|delivery (?:status|failure|has failed)|failure notice"
    r"|mail delivery|onbestelbaar|niet bezorgd|kan niet worden bezorgd|delivery incomplete)",
    re.IGNORECASE,
)
_ACTION = re.compile(rb"^action[ \t]*:\s*([a-z]+)", re.IGNORECASE | re.MULTILINE)
_FEEDBACK = re.compile(rb"^feedback-type[ \t]*:\s*([a-z-]+)", re.IGNORECASE | re.MULTILINE)
_COMPLAINTS = {b"abuse", b"fraud", b"opt-out", b"opt-out-list", b"virus", b"miscategorized"}
_ARRIVED = {b"delivered", b"relayed", b"expanded"}


def read(message: Message, raw: bytes) -> Report | None:
    """Return what a report says; None when this is none."""
    kind = raw_header(message.headers, "Content-Type").lower()
    if "multipart/report" not in kind:
        return _in_prose(message, raw) if _is_from_a_server(message) else None
    if "disposition-notification" in kind:
        return None
    parsed = _parsed(raw)
    if "feedback-report" in kind:
        told = set(map(bytes.lower, _FEEDBACK.findall(_part(parsed, "message/feedback-report"))))
        says = Says.COMPLAINT if told & _COMPLAINTS or not told else Says.NOTHING
    elif "delivery-status" in kind or "report-type" not in kind:
        says = _delivery(parsed)
    else:
        says = Says.NOTHING
    return Report(says, _original_ids(parsed, message))


def _delivery(parsed):
    """Each recipient has its own action: one failure is enough, and else one that must wait."""
    status = _part(parsed, "message/delivery-status", "message/global-delivery-status")
    told = {action.lower() for action in _ACTION.findall(status)}
    if b"failed" in told:
        return Says.FAILED
    if b"delayed" in told:
        return Says.LATER
    return Says.ARRIVED if told & _ARRIVED else _by_words(parsed)


def _in_prose(message, raw):
    """A server that writes no report but a letter."""
    parsed = _parsed(raw)
    return Report(_by_words(parsed), _original_ids(parsed, message))


def _by_words(parsed):
    try:
        temporary, permanent = all_failures(parsed)
    except Exception:  # the package has detectors for many servers, and some trip over strangers
        return Says.UNCLEAR
    if permanent:
        return Says.FAILED
    return Says.LATER if temporary else Says.UNCLEAR


def _is_from_a_server(message):
    from_a_server = bool(_SENDERS.match(message.sender)) or (
        raw_header(message.headers, "Return-Path") == "<>"
    )
    return from_a_server and bool(_RETURNED.search(message.subject))


def _parsed(raw):
    return message_from_bytes(raw[:ENOUGH], policy=policy.compat32)


def _part(parsed, *kinds):
    """The text of the part of this kind, also when it was encoded, which it may not be."""
    for part in list(parsed.walk())[:50]:
        if part.get_content_type() in kinds:
            blocks = part.get_payload() if part.is_multipart() else [part]
            texts = [block.as_bytes(policy=policy.compat32) for block in blocks[:50]]
            encoding = str(part.get("Content-Transfer-Encoding", "")).strip().lower()
            if encoding == "base64":
                texts += [block.get_payload(decode=True) or b"" for block in _encoded(blocks)]
            return b"\n\n".join(texts)
    return b""


def _encoded(blocks):
    for block in blocks[:50]:
        if not block.is_multipart():
            block["Content-Transfer-Encoding"] = "base64"
            yield block


def _original_ids(parsed, message):
    """The Message-IDs of what was reported, from the copy behind the report or the references."""
    found = []
    for part in list(parsed.walk())[:50]:
        kind = part.get_content_type()
        if part is not parsed and part.get("Message-ID"):
            found.append(header(part, "Message-ID").strip("<> "))
        elif kind in {"text/rfc822-headers", "message/rfc822-headers"}:
            text = part.get_payload(decode=True) or b""
            found += [
                match.decode("ascii", "replace")
                for match in re.findall(rb"(?im)^message-id:\s*<([^<>\s]{3,250})>", text)
            ]
    return tuple(dict.fromkeys([*found, *reversed(message.references)]))
