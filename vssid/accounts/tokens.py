"""Opaque tokens: what they carry can neither be read nor changed nor used for another purpose."""

import base64
import binascii
import hashlib
import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

_NONCE = 12
_ciphers: dict[str, AESGCM] = {}


def seal(purpose: str, content: bytes) -> str:
    """Encrypt `content` for one purpose, as text for a cookie, an address or a hidden field."""
    nonce = os.urandom(_NONCE)
    sealed = nonce + _cipher().encrypt(nonce, content, purpose.encode())
    return base64.urlsafe_b64encode(sealed).rstrip(b"=").decode()


def unseal(purpose: str, token: str) -> bytes | None:
    """What `seal` was given, or None for anything else."""
    try:
        sealed = base64.urlsafe_b64decode(token.encode("ascii") + b"=" * (-len(token) % 4))
        return _cipher().decrypt(sealed[:_NONCE], sealed[_NONCE:], purpose.encode())
    except (binascii.Error, UnicodeEncodeError, ValueError, InvalidTag):
        return None


def keyed_mark(text: str) -> str:
    """The same short mark for the same text, which only we can make and nobody can read back."""
    made = hmac.new(settings.SECRET_KEY.encode(), b"mark|" + text.encode(), hashlib.sha256)
    return made.hexdigest()[:24]


def _cipher() -> AESGCM:
    # Deriving costs more than a page's whole session check: once per key, not once per request.
    secret = settings.SECRET_KEY
    if secret not in _ciphers:
        derived = HKDF(SHA256(), 32, salt=None, info=b"vssid tokens").derive(secret.encode())
        _ciphers[secret] = AESGCM(derived)
    return _ciphers[secret]
