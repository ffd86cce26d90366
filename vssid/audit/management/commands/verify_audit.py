"""Checks the audit chains: `docs/operations.md`, «Audit»."""

import base64
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from vssid.audit.sealing import heads, verifying, verifying_heads, verifying_holds
from vssid.audit.sealing.findings import Finding
from vssid.kernel.clock import utc_now

SHOWN = 200
EVERY = 100_000


class Command(BaseCommand):
    """`manage.py verify_audit`: ends with 1 when anything is not as it was sealed and signed."""

    help = "Checks every audit event against its seal, every seal against the signed heads."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whose signatures count, and where the heads lie."""
        parser.add_argument(
            "--public-key",
            action="append",
            default=[],
            metavar="ID:BASE64",
            help="counts instead of the keys of VSSID_AUDIT_KEY; may be given several times",
        )
        parser.add_argument("--heads", type=Path, help="a copy of VSSID_AUDIT_DIR kept elsewhere")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print each finding and a summary."""
        keys = _public_keys(options["public_key"])
        folder = options["heads"] or settings.VSSID_AUDIT_DIR
        newest, now = _newest(folder), utc_now()
        seen = verifying_heads.Seen()
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            tail = verifying.unsealed_tail()
            found = self._print(
                chain(
                    verifying.check_chains(self._say),
                    verifying_heads.check_heads(folder, keys, newest=newest, seen=seen, now=now),
                    verifying.check_tail(tail, now=now),
                    verifying_holds.check_holds(),
                )
            )
        self.stdout.write(f"Signed heads read: {seen.files}, the newest {_when(seen)}.")
        oldest = f", the oldest of {tail.oldest:%Y-%m-%d %H:%M:%S %Z}" if tail.oldest else ""
        self.stdout.write(f"Events without a seal yet: {tail.events}{oldest}.")
        if found:
            counts = ", ".join(f"{kind} {number}" for kind, number in sorted(found.items()))
            raise CommandError(f"The audit does not hold: {counts}.", returncode=1)
        self.stdout.write("Everything is as it was sealed and signed.")

    def _say(self, count: int) -> None:
        if count % EVERY == 0:
            self.stderr.write(f"{count} seals read …")

    def _print(self, findings: Iterable[Finding]) -> Counter[str]:
        """Count all, show the first of them: a rewritten table has millions."""
        counts: Counter[str] = Counter()
        for finding in findings:
            counts[finding.kind] += 1
            if counts.total() <= SHOWN:
                self.stdout.write(str(finding))
        return counts


def _when(seen: verifying_heads.Seen) -> str:
    return f"of {seen.last.head.at:%Y-%m-%d %H:%M:%S %Z}" if seen.last else "not to be believed"


def _newest(folder: Path) -> int:
    """The number of the newest head before the database is looked at."""
    numbers = [int(path.stem) for path in heads.files(folder) if path.stem.isdecimal()]
    return max(numbers, default=0)


def _public_keys(texts: list[str]) -> dict[str, Ed25519PublicKey]:
    return dict(_parsed(texts)) if texts else heads.public_keys(settings.VSSID_AUDIT_KEYS)


def _parsed(texts: list[str]) -> Iterator[tuple[str, Ed25519PublicKey]]:
    for text in texts:
        key_id, _, encoded = text.partition(":")
        try:
            yield key_id, Ed25519PublicKey.from_public_bytes(base64.b64decode(encoded))
        except ValueError as error:
            raise CommandError(f"«{text}» is no id:base64 of an Ed25519 public key.") from error
