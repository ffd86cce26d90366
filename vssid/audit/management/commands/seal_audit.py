"""Seals and exports at once, besides the worker, and says by which keys."""

import base64
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from vssid.audit.sealing import heads
from vssid.audit.sealing.commands import export_heads, seal_events
from vssid.kernel.clock import utc_now

BUSY = "none now: another program is sealing or signing, try again in a minute"


class Command(BaseCommand):
    """`manage.py seal_audit`: before a backup or an inspection."""

    help = "Seals what is not sealed yet and writes a file of signed heads."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whether to look at every event again."""
        parser.add_argument("--whole", action="store_true", help="look at every event, not the new")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Say how many were sealed, where the heads are and who signed them."""
        sealed = seal_events(whole=options["whole"])
        path = export_heads(now=utc_now(), always=True)
        self.stdout.write(f"Sealed {sealed} events.")
        self.stdout.write(f"Signed heads: {path or BUSY}")
        for key_id, key in heads.public_keys(settings.VSSID_AUDIT_KEYS).items():
            encoded = base64.b64encode(key.public_bytes_raw()).decode()
            self.stdout.write(f"Public key: {key_id}:{encoded}")
