"""The mail server of the tests of mail: what waits there is offered by the office."""

from kennispunt.mail.tests.conftest import mail_server, template

__all__ = ["mail_server", "template"]
