"""Mail servers as they are on bad days."""

from smtplib import SMTPRecipientsRefused

from django.core.mail.backends.base import BaseEmailBackend


class RefusingBackend(BaseEmailBackend):
    """Takes nothing, and repeats the addresses in its error, as real servers do."""

    def send_messages(self, messages):
        refused = {address: (550, b"no") for m in messages for address in m.to}
        raise SMTPRecipientsRefused(refused)
