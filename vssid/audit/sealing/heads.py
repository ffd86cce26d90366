"""The signed heads: files that say how far each chain had come, for whoever wants to check it.

A file has two lines of JSON. The first is the head: its number, when, by which release, SHA-256 of
the whole file before it, and for each shard [shard, position, link]. The second has a signature
for each key id, Ed25519 over "vssid-audit-head-1" and the bytes of the first line. Its name is
`<day>/<number>.head`, the number with ten digits; days and numbers only ascend.
"""

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from vssid.audit.sealing.chains import SHARDS

# No head is written while events wait for longer than this: it says that what is older is sealed.
BEHIND: Final = timedelta(minutes=10)
_CONTEXT: Final = b"vssid-audit-head-1\n"
_SUFFIX: Final = ".head"
# What reading a file raises that is none of ours; whatever lies in the folder is named by its kind.
_NO_HEAD: Final = (
    *(AttributeError, KeyError, TypeError, ValueError),
    *(OSError, OverflowError, RecursionError),
)


class End(NamedTuple):
    """How far one chain came: its last position (from 1) and the link there."""

    shard: int
    position: int
    link: bytes


@dataclass(frozen=True, slots=True)
class Head:
    """The ends of all chains at one moment. `before` is empty for the first file."""

    number: int
    at: datetime
    release: str
    before: str
    ends: tuple[End, ...]

    @property
    def file_name(self) -> str:
        """Where it lies below VSSID_AUDIT_DIR."""
        return f"{self.at:%Y-%m-%d}/{self.number:010d}{_SUFFIX}"


@dataclass(frozen=True, slots=True)
class SignedHead:
    """A head as it was read: the file's hash, the signed bytes and the signatures by key id."""

    head: Head
    digest: str
    signed: bytes
    signatures: Mapping[str, bytes]


class UnreadableHeadError(ValueError):
    """The file is no head."""


def following(
    before: SignedHead | None, ends: Iterable[End], *, at: datetime, release: str
) -> Head:
    """The head that comes after `before`; a clock that was set back does not go behind it."""
    moment = at.astimezone(UTC)
    return Head(
        number=before.head.number + 1 if before else 1,
        at=max(moment, before.head.at) if before else moment,
        release=release,
        before=before.digest if before else "",
        ends=tuple(sorted(ends)),
    )


def sign(head: Head, keys: Mapping[str, bytes]) -> bytes:
    """The file of `head`, signed with each of `keys` (id to the 32 bytes of an Ed25519 key)."""
    line = _line(
        {
            "number": head.number,
            "at": head.at.isoformat(timespec="microseconds"),
            "release": head.release,
            "before": head.before,
            "ends": [[end.shard, end.position, end.link.hex()] for end in head.ends],
        }
    )
    signatures = {
        key_id: base64.b64encode(
            Ed25519PrivateKey.from_private_bytes(key).sign(_CONTEXT + line)
        ).decode()
        for key_id, key in keys.items()
    }
    return line + b"\n" + _line(signatures) + b"\n"


def _line(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()


def read(path: Path) -> SignedHead:
    """The head in a file; raises UnreadableHeadError. Signatures are not checked here."""
    try:
        content = path.read_bytes()
        line, signatures, rest = content.split(b"\n")
        fields = json.loads(line)
        head = Head(
            number=int(fields["number"]),
            at=datetime.fromisoformat(fields["at"]),
            release=str(fields["release"]),
            before=str(fields["before"]),
            ends=tuple(_ends(fields["ends"])),
        )
        by_key = {
            str(key_id): base64.b64decode(text, validate=True)
            for key_id, text in json.loads(signatures).items()
        }
    except _NO_HEAD as error:
        raise UnreadableHeadError(path.name) from error
    if rest or head.at.tzinfo is None:
        raise UnreadableHeadError(path.name)
    return SignedHead(head, hashlib.sha256(content).hexdigest(), line, by_key)


def _ends(rows: Iterable[tuple[int, int, str]]) -> Iterator[End]:
    for shard, position, link in rows:
        end = End(int(shard), int(position), bytes.fromhex(link))
        if not 0 <= end.shard < SHARDS or end.position < 1 or len(end.link) != 32:
            raise ValueError("no end of a chain")
        yield end


def is_signed(signed: SignedHead, keys: Mapping[str, Ed25519PublicKey]) -> bool:
    """Whether at least one of `keys` signed it, and none of them has a wrong signature in it."""
    known = {key_id: signed.signatures[key_id] for key_id in keys if key_id in signed.signatures}
    try:
        for key_id, signature in known.items():
            keys[key_id].verify(signature, _CONTEXT + signed.signed)
    except InvalidSignature:
        return False
    return bool(known)


def public_keys(keys: Mapping[str, bytes]) -> dict[str, Ed25519PublicKey]:
    """What others need to check the signatures of private `keys`."""
    return {
        key_id: Ed25519PrivateKey.from_private_bytes(key).public_key()
        for key_id, key in keys.items()
    }


def files(folder: Path) -> Iterator[Path]:
    """The files of heads below `folder`, in their order, one day in memory at a time."""
    if not folder.is_dir():
        return
    for day in sorted(one for one in folder.iterdir() if one.is_dir()):
        yield from sorted(day.glob(f"*{_SUFFIX}"))


def latest(folder: Path) -> SignedHead | None:
    """The newest head below `folder`, or None; raises UnreadableHeadError."""
    if not folder.is_dir():
        return None
    for day in sorted((one for one in folder.iterdir() if one.is_dir()), reverse=True):
        names = sorted(day.glob(f"*{_SUFFIX}"))
        if names:
            return read(names[-1])
    return None
