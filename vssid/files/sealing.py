"""Envelope encryption: each file has a key of its own, wrapped by a master key.

AES-256-GCM throughout. Both layers are bound to the file's id, so that neither a content nor a key
can be put in another file's place. Pure but for randomness; the master key is an argument.
"""

import os
from dataclasses import dataclass
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_NONCE_BYTES = 12


class SealError(Exception):
    """The bytes, the key or the id is not the one that was sealed."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """Encrypted content and its wrapped key, each as a nonce of 12 bytes, ciphertext and tag."""

    content: bytes
    wrapped_key: bytes


def seal(file_id: UUID, content: bytes, *, master_key: bytes) -> Sealed:
    """Encrypt `content` under a new key and wrap that key."""
    data_key = AESGCM.generate_key(bit_length=256)
    return Sealed(
        content=_encrypt(data_key, content, file_id.bytes),
        wrapped_key=_encrypt(_wrapping_key(master_key), data_key, file_id.bytes),
    )


def unseal(file_id: UUID, sealed: Sealed, *, master_key: bytes) -> bytes:
    """The content that `seal` took. Raises `SealError` when anything was changed or exchanged."""
    data_key = _decrypt(_wrapping_key(master_key), sealed.wrapped_key, file_id.bytes)
    return _decrypt(data_key, sealed.content, file_id.bytes)


def seal_note(file_id: UUID, note: bytes, wrapped_key: bytes, *, master_key: bytes) -> bytes:
    """Encrypt a note under its file's key, so that both end with it. Raises `SealError`."""
    data_key = _decrypt(_wrapping_key(master_key), wrapped_key, file_id.bytes)
    return _encrypt(data_key, note, _of_note(file_id))


def unseal_note(file_id: UUID, sealed: Sealed, *, master_key: bytes) -> bytes:
    """The note that `seal_note` took, as `content`. Raises `SealError`."""
    data_key = _decrypt(_wrapping_key(master_key), sealed.wrapped_key, file_id.bytes)
    return _decrypt(data_key, sealed.content, _of_note(file_id))


def rewrap(file_id: UUID, wrapped_key: bytes, *, old: bytes, new: bytes) -> bytes:
    """The same file key under another master key; the content stays. Raises `SealError`."""
    data_key = _decrypt(_wrapping_key(old), wrapped_key, file_id.bytes)
    return _encrypt(_wrapping_key(new), data_key, file_id.bytes)


def _wrapping_key(master_key: bytes) -> bytes:
    # The master keys serve other parts too; each derives its own, so that no key has two uses.
    return HKDF(SHA256(), 32, salt=None, info=b"vssid files key wrapping").derive(master_key)


def _of_note(file_id: UUID) -> bytes:
    # Neither of note and content can be put in the other's place.
    return file_id.bytes + b" note"


def _encrypt(key: bytes, text: bytes, bound_to: bytes) -> bytes:
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, text, bound_to)


def _decrypt(key: bytes, sealed: bytes, bound_to: bytes) -> bytes:
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], bound_to)
    # ValueError: shorter than a nonce or a tag.
    except (InvalidTag, ValueError) as error:
        raise SealError from error
