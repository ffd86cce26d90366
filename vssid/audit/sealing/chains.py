"""How an event becomes a link of its chain. Stable: every seal ever written was made like this.

canonical = "vssid-audit-event-1" and then each field, in the order of `FIELDS`, as UTF-8 after its
            length in bytes (4 bytes, big-endian)
link      = SHA-256(link before || canonical)
start     = SHA-256("vssid-audit-shard-1:" and the shard's number)
shard     = the first byte of SHA-256(subject, or id when there is no subject), modulo 64
"""

import hashlib
import struct
from typing import Final, NamedTuple

SHARDS: Final = 64
_HEADING: Final = b"vssid-audit-event-1"
_START: Final = "vssid-audit-shard-1:"


class Record(NamedTuple):
    """An event as text, as `FIELDS` reads it; an absent field is empty."""

    id: str
    at: str
    actor_kind: str
    actor: str
    office: str
    act: str
    subject: str
    reason: str
    details: str
    txid: str


# Times are microseconds since 1970, details what PostgreSQL prints for the value: both exact.
FIELDS: Final = """
    e.id::text, trunc(extract(epoch FROM e.at) * 1000000)::text, e.actor_kind, e.actor, e.office,
    e.act, e.subject, e.reason, e.details::text, e.txid::text
"""


def shard_of(record: Record) -> int:
    """The chain that an event belongs to: 0 to 63, the same for all events about one subject."""
    return hashlib.sha256((record.subject or record.id).encode()).digest()[0] % SHARDS


def canonical(record: Record) -> bytes:
    """The bytes of every field: two events have the same only if they are the same."""
    parts = [_HEADING]
    for text in record:
        data = text.encode()
        parts += [struct.pack(">I", len(data)), data]
    return b"".join(parts)


def start_of(shard: int) -> bytes:
    """What stands before the first link of a shard."""
    return hashlib.sha256(f"{_START}{shard}".encode()).digest()


def link_after(before: bytes, record: Record) -> bytes:
    """The link of `record` in a chain whose last link is `before`: 32 bytes."""
    return hashlib.sha256(before + canonical(record)).digest()
