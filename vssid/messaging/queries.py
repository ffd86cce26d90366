"""Reads of messages."""

from collections.abc import Iterable

from django.db.models import QuerySet

from vssid.messaging.models import DemoMessage, Message

_SHOWN = 30


def demo_inbox(address: str = "") -> "QuerySet[DemoMessage]":
    """What arrived on the demo phone, newest first; of one address when it is given."""
    arrived = DemoMessage.objects.order_by("-arrived_at", "-id")
    return (arrived.filter(address=address) if address else arrived)[:_SHOWN]


def message_by_key(key: str) -> Message | None:
    """The message that a cause wrote under its idempotency key, or None."""
    return Message.objects.filter(idempotency_key=key).first()


def known_keys(keys: Iterable[str]) -> set[str]:
    """Those of the idempotency keys under which a message was written already."""
    found = Message.objects.filter(idempotency_key__in=list(keys))
    return set(found.values_list("idempotency_key", flat=True))
