"""A certificate authority and a signer that nobody trusts, for the demo and the tests."""

import os
import secrets
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from vssid.documents.identity import THROW_AWAY

_LIFETIME = timedelta(days=3650)
_NO_USAGE = {
    "digital_signature": False,
    "content_commitment": False,
    "key_encipherment": False,
    "data_encipherment": False,
    "key_agreement": False,
    "key_cert_sign": False,
    "crl_sign": False,
    "encipher_only": False,
    "decipher_only": False,
}


def make_signer(organization: str = THROW_AWAY) -> bytes:
    """A fresh key with its certificate and its root, as PEM; the root's own key is forgotten."""
    root_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    root_name, name = _name(organization, "Gốc dùng thử"), _name(organization, "Người ký dùng thử")
    root = _certificate(root_name, root_name, root_key.public_key(), root_key, is_root=True)
    own = _certificate(name, root_name, key.public_key(), root_key, is_root=False)
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return secret + own.public_bytes(Encoding.PEM) + root.public_bytes(Encoding.PEM)


def ensure_signer(path: Path) -> None:
    """Put a fresh signer into `path` unless there is one; of several processes one wins."""
    if path.exists():
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(make_signer())
        # A link, unlike renaming, never takes another's place.
        os.link(part, path)
    except FileExistsError:
        return
    finally:
        part.unlink()


def _name(organization: str, common_name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organization),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name),
        ]
    )


def _certificate(
    subject: x509.Name,
    issuer: x509.Name,
    public: ec.EllipticCurvePublicKey,
    signing: ec.EllipticCurvePrivateKey,
    *,
    is_root: bool,
) -> x509.Certificate:
    now = datetime.now(UTC)
    meant_for = ("key_cert_sign", "crl_sign") if is_root else ("digital_signature",)
    usage = {**_NO_USAGE, **dict.fromkeys(meant_for, True), "content_commitment": not is_root}
    issuer_id = x509.AuthorityKeyIdentifier.from_issuer_public_key(signing.public_key())
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + _LIFETIME)
        .add_extension(x509.BasicConstraints(is_root, 0 if is_root else None), critical=True)
        .add_extension(x509.KeyUsage(**usage), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(issuer_id, critical=False)
        .sign(signing, hashes.SHA256())
    )
