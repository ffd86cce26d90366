"""Secrets inside messages (codes, first passwords): AES-256-GCM, bound to the message's id."""

import json
import os
from collections.abc import Mapping
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

_NONCE = 12


def seal(message_id: UUID, secret: Mapping[str, str]) -> bytes:
    """Encrypt with the current key: key id, zero byte, nonce, ciphertext."""
    key_id = next(iter(settings.VSSID_MASTER_KEYS))
    nonce = os.urandom(_NONCE)
    text = json.dumps(dict(secret)).encode()
    return key_id.encode() + b"\0" + nonce + _cipher(key_id).encrypt(nonce, text, message_id.bytes)


def unseal(message_id: UUID, sealed: bytes) -> dict[str, str]:
    """Decrypt what `seal` made for the same message."""
    key_id, _, rest = bytes(sealed).partition(b"\0")
    cipher = _cipher(key_id.decode())
    text = cipher.decrypt(rest[:_NONCE], rest[_NONCE:], message_id.bytes)
    return {str(name): str(value) for name, value in json.loads(text).items()}


def _cipher(key_id: str) -> AESGCM:
    master: bytes = settings.VSSID_MASTER_KEYS[key_id]
    derived = HKDF(SHA256(), 32, salt=None, info=b"vssid messaging secret").derive(master)
    return AESGCM(derived)
