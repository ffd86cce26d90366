"""The key and certificates that documents are signed with: read from PKCS#12 or PEM, and judged.

Knows neither Django nor pyHanko, so that production settings can judge them before anything starts.
What is wrong is said to the operator, in English.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

THROW_AWAY = "VssID – khóa dùng thử"
"""The organisation in certificates that the demo and the tests make for themselves."""

Key = RSAPrivateKey | EllipticCurvePrivateKey


class IdentityError(ValueError):
    """The file holds no key to sign with; says to the operator what is wrong."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who signs: the key, its certificate, and the chain from its issuer up to the root."""

    key: Key
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...]

    @property
    def root(self) -> x509.Certificate:
        """The certificate at the end of the chain."""
        return self.chain[-1] if self.chain else self.certificate

    @property
    def name(self) -> str:
        """The signer as people read it: organisation, or else the common name."""
        return _attribute(self.certificate, NameOID.ORGANIZATION_NAME) or _attribute(
            self.certificate, NameOID.COMMON_NAME
        )


def read_identity(content: bytes, password: str) -> Identity:
    """The identity in a file: PKCS#12, or PEM with the key and all certificates in any order.

    Raises IdentityError for a wrong password, a missing key, certificate or link of the chain.
    """
    key, certificates = (
        _read_pem(content, password) if b"-----BEGIN" in content else _read_p12(content, password)
    )
    if not isinstance(key, RSAPrivateKey | EllipticCurvePrivateKey):
        raise IdentityError("The key must be RSA or ECDSA.")
    own = next((one for one in certificates if _public(one) == _public_of(key)), None)
    if own is None:
        raise IdentityError("No certificate belongs to the key.")
    return Identity(key, own, _chain(own, certificates))


def read_certificates(content: bytes) -> tuple[x509.Certificate, ...]:
    """The certificates in a PEM file. Raises IdentityError."""
    try:
        return tuple(x509.load_pem_x509_certificates(content))
    except ValueError as error:
        raise IdentityError("There is no certificate in PEM.") from error


def check_identity(identity: Identity, *, now: datetime) -> None:
    """Raise IdentityError unless it may sign for people: in force, meant for it, no throw-away."""
    for one in (identity.certificate, *identity.chain):
        if _attribute(one, NameOID.ORGANIZATION_NAME) == THROW_AWAY:
            raise IdentityError("The certificate is one that the demo made for itself.")
        if not one.not_valid_before_utc <= now <= one.not_valid_after_utc:
            raise IdentityError("A certificate of the chain is not in force today.")
    if not _may_sign(identity.certificate):
        raise IdentityError("The certificate's key usage lacks contentCommitment (nonRepudiation).")
    if isinstance(identity.key, RSAPrivateKey) and identity.key.key_size < 2048:
        raise IdentityError("The RSA key must have at least 2048 bits.")


def der(certificate: x509.Certificate) -> bytes:
    """A certificate as the bytes that were signed."""
    return certificate.public_bytes(serialization.Encoding.DER)


def _read_pem(content: bytes, password: str) -> tuple[object, Sequence[x509.Certificate]]:
    certificates = read_certificates(content)
    try:
        key = serialization.load_pem_private_key(content, password.encode() or None)
    except (ValueError, TypeError) as error:  # TypeError: a password too many or too few
        raise IdentityError("The PEM file holds no key that its password opens.") from error
    return key, certificates


def _read_p12(content: bytes, password: str) -> tuple[object, Sequence[x509.Certificate]]:
    try:
        key, own, others = pkcs12.load_key_and_certificates(content, password.encode() or None)
    except ValueError as error:
        raise IdentityError("It is no PKCS#12 file that its password opens.") from error
    return key, [one for one in (own, *others) if one is not None]


def _chain(
    own: x509.Certificate, certificates: Sequence[x509.Certificate]
) -> tuple[x509.Certificate, ...]:
    found = [own]
    while found[-1].subject != found[-1].issuer:
        above = next((one for one in certificates if _has_issued(one, found[-1])), None)
        if above is None or above in found:
            raise IdentityError("A certificate of the chain up to the root is missing.")
        found.append(above)
    return tuple(found[1:])


def _has_issued(above: x509.Certificate, below: x509.Certificate) -> bool:
    try:
        below.verify_directly_issued_by(above)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def _may_sign(certificate: x509.Certificate) -> bool:
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return True
    return usage.content_commitment


def _public(certificate: x509.Certificate) -> bytes:
    return certificate.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def _public_of(key: Key) -> bytes:
    return key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def _attribute(certificate: x509.Certificate, kind: x509.ObjectIdentifier) -> str:
    found = certificate.subject.get_attributes_for_oid(kind)
    return str(found[0].value) if found else ""
