"""Keys and certificates for tests: a root, one below it, and a signer, each as one needs it."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

NOW = datetime.now(UTC)
Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


@dataclass(frozen=True)
class Holder:
    """A key and its certificate."""

    key: Key
    certificate: x509.Certificate

    @property
    def pem(self) -> bytes:
        """The certificate."""
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    def key_pem(self, password: str = "") -> bytes:
        """The key."""
        sealing: Any = serialization.NoEncryption()
        if password:
            sealing = serialization.BestAvailableEncryption(password.encode())
        return self.key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, sealing
        )


@dataclass(frozen=True)
class Wish:
    """What a certificate shall be."""

    name: str
    above: Holder | None = None
    is_authority: bool = False
    commits: bool = True
    until: datetime = NOW + timedelta(days=30)
    key: Key | None = None


def make(wish: Wish, **changes: Any) -> Holder:
    """Issue a certificate; without somebody above it signs itself."""
    wish = replace(wish, **changes)
    key = wish.key or ec.generate_private_key(ec.SECP256R1())
    above = wish.above or Holder(key, None)  # type: ignore[arg-type] # signs itself
    issuer = above.certificate.subject if above.certificate else _name(wish.name)
    usage = dict.fromkeys(
        (
            *("digital_signature", "content_commitment", "key_encipherment", "key_agreement"),
            *("data_encipherment", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only"),
        ),
        False,
    )
    usage |= {
        "digital_signature": not wish.is_authority,
        "content_commitment": wish.commits and not wish.is_authority,
        "key_cert_sign": wish.is_authority,
    }
    certificate = (
        x509.CertificateBuilder()
        .subject_name(_name(wish.name))
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - timedelta(days=60))
        .not_valid_after(wish.until)
        .add_extension(x509.BasicConstraints(wish.is_authority, None), critical=True)
        .add_extension(x509.KeyUsage(**usage), critical=True)
        .sign(above.key, hashes.SHA256())
    )
    return Holder(key, certificate)


def _name(common_name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Cơ quan Thử nghiệm"),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name),
        ]
    )


ROOT = make(Wish("Gốc", is_authority=True))
MIDDLE = make(Wish("Giữa", above=ROOT, is_authority=True))
SIGNER = make(Wish("Người ký", above=MIDDLE))
