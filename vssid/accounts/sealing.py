"""SmartOTP secrets at rest: AES-256-GCM under a key of their own, bound to the account's number."""

import os
from functools import lru_cache

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

_NONCE = 12


def seal_secret(number: str, secret: bytes) -> bytes:
    """Encrypt with the current master key: key id, zero byte, nonce, ciphertext."""
    key_id = next(iter(settings.VSSID_MASTER_KEYS))
    nonce = os.urandom(_NONCE)
    sealed = _cipher(settings.VSSID_MASTER_KEYS[key_id]).encrypt(nonce, secret, number.encode())
    return key_id.encode() + b"\0" + nonce + sealed


def unseal_secret(number: str, sealed: bytes | memoryview) -> bytes:
    """Decrypt what `seal_secret` made for the same number.

    Raises KeyError for a master key that is gone, InvalidTag for what was changed or exchanged.
    """
    key_id, _, rest = bytes(sealed).partition(b"\0")
    cipher = _cipher(settings.VSSID_MASTER_KEYS[key_id.decode()])
    return cipher.decrypt(rest[:_NONCE], rest[_NONCE:], number.encode())


@lru_cache(maxsize=8)
def _cipher(master: bytes) -> AESGCM:
    # The master keys serve other parts too; each derives its own, so that no key has two uses.
    return AESGCM(HKDF(SHA256(), 32, salt=None, info=b"vssid smart otp").derive(master))
