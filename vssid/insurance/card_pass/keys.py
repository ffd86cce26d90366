"""The keys that sign passes and verify them, from the settings."""

import base64
from datetime import datetime
from functools import cache

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from vssid.insurance.card_pass.tokens import CardPass, SigningKey, make_pass
from vssid.insurance.records import CardDetails, CardHolder
from vssid.insurance.rules import level_on
from vssid.kernel.clock import vietnam_today


def signing_key() -> SigningKey:
    """The first one of VSSID_CARD_KEY."""
    key_id, secret = next(iter(settings.VSSID_CARD_KEYS.items()))
    return SigningKey(key_id, secret, public_half(secret))


def public_keys() -> dict[str, bytes]:
    """Those that verify, by id: 32 bytes each, as in RFC 8032."""
    return {key_id: public_half(secret) for key_id, secret in settings.VSSID_CARD_KEYS.items()}


def published_keys() -> list[dict[str, str]]:
    """The same as JWK (RFC 8037)."""
    return [
        {
            "kty": "OKP",
            "crv": "Ed25519",
            "alg": "EdDSA",
            "use": "sig",
            "kid": key_id,
            "x": base64.urlsafe_b64encode(key).rstrip(b"=").decode(),
        }
        for key_id, key in public_keys().items()
    ]


def issue_pass(holder: CardHolder, card: CardDetails, now: datetime) -> tuple[str, datetime]:
    """The digits of a fresh pass of a card, and the moment until which they are good."""
    until = (now + settings.VSSID_CARD_PASS_LIFETIME).replace(microsecond=0)
    is_day_known = holder.birth_date_precision == "day"
    said = CardPass(
        number=holder.number,
        card_number=card.card_number,
        full_name=holder.full_name,
        born=holder.birth_date if is_day_known else holder.birth_date.year,
        sex=holder.sex,
        level=level_on(card, vietnam_today(now)),
        valid_from=card.valid_from,
        valid_to=card.valid_to,
        facility_code=card.facility_code,
        expires_at=until,
    )
    return make_pass(said, signing_key()), until


@cache
def public_half(secret: bytes) -> bytes:
    """The public half of an Ed25519 key, 32 bytes."""
    return Ed25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw()
