"""Reads of messages."""

from django.db.models import QuerySet

from vssid.messaging.models import DemoMessage

_SHOWN = 30


def demo_inbox(address: str = "") -> "QuerySet[DemoMessage]":
    """What arrived on the demo phone, newest first; of one address when it is given."""
    arrived = DemoMessage.objects.order_by("-arrived_at", "-id")
    return (arrived.filter(address=address) if address else arrived)[:_SHOWN]
