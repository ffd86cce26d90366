"""Delivers to the phone drawn at /demo/dien-thoai/: nothing leaves this machine."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from vssid.kernel.clock import utc_now
from vssid.messaging.models import DemoMessage


class Transport:
    """Writes into the demo phone's inbox; the same key arrives once."""

    def __init__(self) -> None:
        if not settings.VSSID_DEMO:
            raise ImproperlyConfigured(
                "The demo phone shows every code to everybody: name a provider's transport in "
                "VSSID_TRANSPORTS (docs/operations.md)."
            )

    def send(
        self, *, channel: str, address: str, subject: str, text: str, idempotency_key: str
    ) -> None:
        """Never fails but with the database."""
        DemoMessage.objects.bulk_create(
            [
                DemoMessage(
                    idempotency_key=idempotency_key,
                    channel=channel,
                    address=address,
                    subject=subject,
                    text=text,
                    arrived_at=utc_now(),
                )
            ],
            ignore_conflicts=True,
        )
