"""Passkeys (WebAuthn level 3): what a browser is asked for, and whether its answer is right.

No database, no request. Whoever calls keeps the challenge for one use, and the rows. Answers are
asked for with the person verified (fingerprint, face or the device's own PIN), as a credential the
device finds by itself, and without attestation: which make the device is does not concern us.
"""

import hmac
import ipaddress
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Any, Final

from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import (
    options_to_json_dict,
    parse_authentication_credential_json,
    parse_client_data_json,
    parse_registration_credential_json,
)
from webauthn.helpers.cose import COSEAlgorithmIdentifier
from webauthn.helpers.structs import (
    AttestationConveyancePreference,
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

# The form in which a browser's answer travels: a few kilobytes at most.
LONGEST_ANSWER: Final = 16 * 1024
# A credential id is at most 1023 bytes (WebAuthn, 4).
_LONGEST_ID: Final = 1023
_ALGORITHMS: Final = [
    COSEAlgorithmIdentifier.ECDSA_SHA_256,
    COSEAlgorithmIdentifier.EDDSA,
    # Windows Hello on older machines knows no other.
    COSEAlgorithmIdentifier.RSASSA_PKCS1_v1_5_SHA_256,
]


class PasskeyRefusedError(Exception):
    """An answer is malformed, forged, for another challenge, site or person, or unverified.

    Its text is for the log; it never holds anything of the answer.
    """


class PasskeyCopiedError(PasskeyRefusedError):
    """Rightly signed, but the device's counter went backwards: there may be a copy of its key."""


@dataclass(frozen=True, slots=True)
class Party:
    """For whom passkeys are made. `id` is a domain, `origin` scheme and host as a page has them."""

    id: str
    origin: str
    name: str


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose passkey is made: `handle` (1 to 64 bytes) is opaque, the names are what they read."""

    handle: bytes
    name: str
    full_name: str


@dataclass(frozen=True, slots=True)
class NewPasskey:
    """What to keep of a passkey; `public_key` is a COSE key."""

    credential_id: bytes
    public_key: bytes
    sign_count: int


@dataclass(frozen=True, slots=True)
class Presented:
    """Which passkey an answer claims to come from, not yet checked; `handle` may be missing."""

    credential_id: bytes
    handle: bytes | None


def relying_party(*, scheme: str, host: str, name: str, domain: str = "") -> Party | None:
    """The party of a page at `host` (with its port), None at an address of digits.

    `domain` may be a domain above the host's, so that its other hosts know the same passkeys; a
    host that is not below it stays on its own. Browsers make passkeys for names only.
    """
    bare = _without_port(host)
    if not bare or _address(bare) is not None:
        return None
    wanted = domain.lower().strip(".")
    is_below = bool(wanted) and (bare == wanted or bare.endswith(f".{wanted}"))
    return Party(wanted if is_below else bare, f"{scheme}://{host.lower()}", name)


def name_for_address(host: str) -> str | None:
    """`localhost` with the port for this machine's own address; None for any other host."""
    bare = _without_port(host)
    address = _address(bare)
    if address is None or not address.is_loopback:
        return None
    return "localhost" + host.lower().removeprefix(f"[{bare}]").removeprefix(bare)


def new_challenge() -> bytes:
    """32 random bytes, for one answer."""
    return secrets.token_bytes(32)


def credential_key(credential_id: bytes) -> str:
    """What a credential is found by: the hexadecimal SHA-256 of its id, 64 signs."""
    return sha256(credential_id).hexdigest()


def registration_options(
    *,
    party: Party,
    holder: Holder,
    challenge: bytes,
    known: Iterable[bytes],
    lifetime: timedelta,
) -> dict[str, Any]:
    """What `navigator.credentials.create` is asked, as JSON with bytes in base64url.

    `known` are the credential ids that the holder has: their devices refuse a second one.
    """
    options = generate_registration_options(
        rp_id=party.id,
        rp_name=party.name,
        user_id=holder.handle,
        user_name=holder.name,
        user_display_name=holder.full_name,
        challenge=challenge,
        timeout=_milliseconds(lifetime),
        attestation=AttestationConveyancePreference.NONE,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=_descriptors(known),
        supported_pub_key_algs=_ALGORITHMS,
    )
    return options_to_json_dict(options)


def assertion_options(
    *, party: Party, challenge: bytes, known: Iterable[bytes] = (), lifetime: timedelta
) -> dict[str, Any]:
    """What `navigator.credentials.get` is asked, as JSON with bytes in base64url.

    Without `known` the device offers the passkeys it has for the party, whoever's they are.
    """
    options = generate_authentication_options(
        rp_id=party.id,
        challenge=challenge,
        timeout=_milliseconds(lifetime),
        allow_credentials=_descriptors(known),
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return options_to_json_dict(options)


def check_registration(*, answer: str, party: Party, challenge: bytes) -> NewPasskey:
    """What to keep of a new passkey; `answer` is the credential as JSON.

    Whether the credential is known already is the caller's to ask. Raises PasskeyRefusedError.
    """
    _check_length(answer)
    try:
        read = parse_registration_credential_json(answer)
        _refuse_framed(read.response.client_data_json)
        made = verify_registration_response(
            credential=read,
            expected_challenge=challenge,
            expected_rp_id=party.id,
            expected_origin=party.origin,
            require_user_verification=True,
            supported_pub_key_algs=_ALGORITHMS,
        )
    except PasskeyRefusedError:
        raise
    # The reader lets whatever goes wrong inside of foreign bytes through as it is.
    except Exception as error:
        raise PasskeyRefusedError(type(error).__name__) from error
    if len(made.credential_id) > _LONGEST_ID or made.credential_id != read.raw_id:
        raise PasskeyRefusedError("credential id")
    return NewPasskey(made.credential_id, made.credential_public_key, made.sign_count)


def presented(answer: str) -> Presented:
    """Which passkey an assertion claims to come from. Raises PasskeyRefusedError."""
    _check_length(answer)
    try:
        read = parse_authentication_credential_json(answer)
    except Exception as error:
        raise PasskeyRefusedError(type(error).__name__) from error
    return Presented(read.raw_id, read.response.user_handle)


def check_assertion(
    *, answer: str, party: Party, challenge: bytes, passkey: NewPasskey, handle: bytes
) -> int:
    """The device's new counter, once the answer is proven to come from `passkey` of `handle`.

    A device without a counter says 0 for ever. Raises PasskeyRefusedError, and PasskeyCopiedError
    only when everything else, the signature included, was right.
    """
    _check_length(answer)
    try:
        read = parse_authentication_credential_json(answer)
        _refuse_framed(read.response.client_data_json)
        checked = verify_authentication_response(
            credential=read,
            expected_challenge=challenge,
            expected_rp_id=party.id,
            expected_origin=party.origin,
            credential_public_key=passkey.public_key,
            # The counter is judged below: a forged answer must not look like a copied device.
            credential_current_sign_count=0,
            require_user_verification=True,
        )
    except PasskeyRefusedError:
        raise
    except Exception as error:
        raise PasskeyRefusedError(type(error).__name__) from error
    if not hmac.compare_digest(checked.credential_id, passkey.credential_id):
        raise PasskeyRefusedError("another credential")
    given = read.response.user_handle
    if given is not None and not hmac.compare_digest(given, handle):
        raise PasskeyRefusedError("another holder")
    count = checked.new_sign_count
    if (count or passkey.sign_count) and count <= passkey.sign_count:
        raise PasskeyCopiedError("counter")
    return count


def _check_length(answer: str) -> None:
    if len(answer) > LONGEST_ANSWER:
        raise PasskeyRefusedError("too long")


def _refuse_framed(client_data: bytes) -> None:
    # None of our pages is shown inside of another site's.
    if parse_client_data_json(client_data).cross_origin:
        raise PasskeyRefusedError("inside of another site")


def _descriptors(ids: Iterable[bytes]) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=one) for one in ids]


def _milliseconds(span: timedelta) -> int:
    return span // timedelta(milliseconds=1)


def _without_port(host: str) -> str:
    name = host.lower()
    if name.startswith("["):
        return name[1:].partition("]")[0]
    return name.partition(":")[0].rstrip(".")


def _address(bare: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(bare)
    except ValueError:
        return None
