"""What only the program may read of officers: AES-256-GCM, bound to what it is for."""

import base64
import binascii
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

_NONCE = 12


def seal(purpose: str, content: bytes) -> bytes:
    """Encrypt `content` for one purpose with the current key: key id, zero byte, nonce, text."""
    key_id = next(iter(settings.VSSID_MASTER_KEYS))
    nonce = os.urandom(_NONCE)
    sealed = _cipher(key_id).encrypt(nonce, content, purpose.encode())
    return key_id.encode() + b"\0" + nonce + sealed


def unseal(purpose: str, sealed: bytes) -> bytes | None:
    """What `seal` was given for the same purpose, or None for anything else."""
    key_id, _, rest = bytes(sealed).partition(b"\0")
    try:
        cipher = _cipher(key_id.decode())
        return cipher.decrypt(rest[:_NONCE], rest[_NONCE:], purpose.encode())
    except (InvalidTag, KeyError, UnicodeDecodeError, ValueError):
        return None


def seal_text(purpose: str, content: bytes) -> str:
    """The same as text, for a cookie or a session."""
    return base64.urlsafe_b64encode(seal(purpose, content)).decode()


def unseal_text(purpose: str, text: str) -> bytes | None:
    """What `seal_text` was given for the same purpose, or None for anything else."""
    try:
        return unseal(purpose, base64.urlsafe_b64decode(text.encode("ascii")))
    except (binascii.Error, UnicodeEncodeError, ValueError):
        return None


def _cipher(key_id: str) -> AESGCM:
    master: bytes = settings.VSSID_MASTER_KEYS[key_id]
    return AESGCM(HKDF(SHA256(), 32, salt=None, info=b"vssid staff secret").derive(master))
