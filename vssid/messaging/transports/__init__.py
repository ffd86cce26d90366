"""One folder per way of delivery. Each has a `Transport` with the one method of the base."""

from importlib import import_module
from typing import Protocol

from django.conf import settings

from vssid.messaging.models import Channel


class Transport(Protocol):
    """Hands one message to a provider."""

    def send(
        self, *, channel: str, address: str, subject: str, text: str, idempotency_key: str
    ) -> None:
        """Deliver, or raise TransportError(permanent=…). May be called twice with one key."""


def transport_for(channel: Channel) -> Transport:
    """The transport that the settings name for a channel (VSSID_TRANSPORTS)."""
    name = settings.VSSID_TRANSPORTS[channel.value]
    made: Transport = import_module(f"vssid.messaging.transports.{name}").Transport()
    return made
