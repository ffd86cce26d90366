"""An authenticator in software: makes and uses passkeys as a phone does, and wrongly on request."""

import json
from dataclasses import dataclass, field
from hashlib import sha256
from secrets import token_bytes
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url, encode_cbor

PRESENT, VERIFIED, HAS_KEY = 0x01, 0x04, 0x40
_USED: Final = PRESENT | VERIFIED


@dataclass
class Authenticator:
    """One passkey of one person. What it answers may be bent by changing its fields first.

    `rp_id` and `origin` are what the browser saw; `flags` what the device says of the person;
    `counter` is its next sign count, 0 for a device that does not count; `framed` shows the page
    inside of another site's.
    """

    rp_id: str
    origin: str
    flags: int = _USED
    counter: int = 0
    step: int = 1
    framed: bool = False
    credential_id: bytes = field(default_factory=lambda: token_bytes(32))
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    handle: bytes | None = None

    def make(self, options: dict[str, Any], **changes: Any) -> str:
        """The answer to `navigator.credentials.create`, as a page sends it."""
        self.handle = base64url_to_bytes(options["user"]["id"])
        data = self._data(self.flags | HAS_KEY) + bytes(16)
        data += len(self.credential_id).to_bytes(2, "big") + self.credential_id + self._cose()
        attested = encode_cbor({"fmt": "none", "attStmt": {}, "authData": data})
        response = {
            "clientDataJSON": self._client_data("webauthn.create", options["challenge"]),
            "attestationObject": bytes_to_base64url(attested),
            "transports": ["internal"],
        }
        self.counter += self.step
        return self._credential(response, **changes)

    def use(self, options: dict[str, Any], **changes: Any) -> str:
        """The answer to `navigator.credentials.get`, as a page sends it; the counter goes on.

        `changes` are fields of the response put in place of the right ones.
        """
        data = self._data(self.flags)
        client_data = self._client_data("webauthn.get", options["challenge"])
        signed = data + sha256(base64url_to_bytes(client_data)).digest()
        response = {
            "clientDataJSON": client_data,
            "authenticatorData": bytes_to_base64url(data),
            "signature": bytes_to_base64url(self.key.sign(signed, ec.ECDSA(SHA256()))),
            "userHandle": None if self.handle is None else bytes_to_base64url(self.handle),
        }
        self.counter += self.step
        return self._credential(response, **changes)

    def _credential(self, response: dict[str, Any], **changes: Any) -> str:
        name = bytes_to_base64url(self.credential_id)
        return json.dumps(
            {"id": name, "rawId": name, "type": "public-key", "response": {**response, **changes}}
        )

    def _client_data(self, kind: str, challenge: str) -> str:
        said = {
            "type": kind,
            "challenge": challenge,
            "origin": self.origin,
            "crossOrigin": self.framed,
        }
        return bytes_to_base64url(json.dumps(said).encode())

    def _data(self, flags: int) -> bytes:
        return (
            sha256(self.rp_id.encode()).digest() + bytes([flags]) + self.counter.to_bytes(4, "big")
        )

    def _cose(self) -> bytes:
        numbers = self.key.public_key().public_numbers()
        x, y = numbers.x.to_bytes(32, "big"), numbers.y.to_bytes(32, "big")
        return encode_cbor({1: 2, 3: -7, -1: 1, -2: x, -3: y})


def one_byte_off(text: str, at: int = -2) -> str:
    """Base64url whose byte `at` has one bit flipped."""
    content = bytearray(base64url_to_bytes(text))
    content[at] ^= 1
    return bytes_to_base64url(bytes(content))
