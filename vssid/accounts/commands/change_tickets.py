"""Tickets of a change that codes confirm: what is to be put in force, sealed for one person."""

import json
from datetime import datetime

from django.conf import settings

from vssid.accounts import errors, tokens


def seal_ticket(*, purpose: str, number: str, text: str, now: datetime) -> str:
    """A ticket that `open_ticket` reads for the same purpose and number only."""
    content = {"number": number, "text": text, "at": int(now.timestamp())}
    return tokens.seal(purpose, json.dumps(content).encode())


def open_ticket(*, purpose: str, number: str, ticket: str, now: datetime) -> str:
    """The text of a ticket. Raises TicketLateError, also for one that is not ours."""
    content = json.loads(tokens.unseal(purpose, ticket) or b"{}")
    lifetime = settings.VSSID_SESSION_IDLE.total_seconds()
    if content.get("number") != number or now.timestamp() - content["at"] > lifetime:
        raise errors.TicketLateError
    return str(content["text"])
