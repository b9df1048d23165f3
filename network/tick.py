"""What is due in the network. Each task may run any number of times."""

from __future__ import annotations

from collections.abc import Callable

from network.contact import outbox, services
from network.privacy.tick import TASKS as PRIVACY


def contact_forward() -> str:
    """Messages without an answer go to whoever comes next."""
    return f"{services.forward_overdue()} passed on"


def contact_mails() -> str:
    """Mails of messages that could not be sent are tried again."""
    sent = outbox.send_waiting()
    return f"{sent.mailed} mailed, {outbox.waiting().count()} still waiting"


def contact_retention() -> str:
    """Messages whose time is over are deleted; numbers remain."""
    unconfirmed = services.forget_unconfirmed()
    old = services.forget_old()
    services.forget_settings_mails()
    return f"{unconfirmed} unconfirmed and {old} old messages deleted"


TASKS: dict[str, Callable[[], str]] = {
    "contact_forward": contact_forward,
    "contact_mails": contact_mails,
    "contact_retention": contact_retention,
    **PRIVACY,
}
