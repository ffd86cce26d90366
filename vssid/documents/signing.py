"""Signs PDFs so that anyone can see that they are ours and unchanged (PAdES baseline B)."""

import io
from functools import cache
from pathlib import Path

from asn1crypto import keys
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.conf import settings
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

from vssid.documents.errors import SigningError
from vssid.documents.identity import (
    Identity,
    IdentityError,
    der,
    read_certificates,
    read_identity,
)
from vssid.documents.throw_away import ensure_signer
from vssid.kernel.clock import utc_now

FIELD = "ChuKySo"
_FIELD_READ_ALOUD = "Chữ ký số của nơi lập giấy"


class _AppendingWriter(IncrementalPdfFileWriter):
    """Adds the signature and leaves the document's own descriptions as they were made.

    The library would write itself into XMP and Info; what PDF/A says of both would no longer be
    what was typeset.
    """

    def _update_meta(self) -> None:
        """Nothing: title, dates and PDF/A claims stay those of the document."""


def sign_pdf(content: bytes, *, reason: str) -> bytes:
    """A PDF with our signature appended; its own bytes stay in front, PDF/A stays PDF/A.

    `reason` stands in the signature, covered by it: `checking` gives it back. The certificates up
    to the root travel in it, so that it is checked without any network. Nothing is drawn.
    Safe to call from several threads. Raises SigningError without a certificate in force.
    """
    identity = _identity_in_force()
    signed = io.BytesIO()
    signers.PdfSigner(
        signers.PdfSignatureMetadata(
            field_name=FIELD,
            reason=reason,
            md_algorithm="sha256",
            subfilter=fields.SigSeedSubFilter.PADES,
        ),
        signer=_signer(identity),
        new_field_spec=fields.SigFieldSpec(
            FIELD,
            readable_field_name=_FIELD_READ_ALOUD,
            # Of no size and beyond the page: the one place that PDF/A and PDF/UA both allow.
            invis_sig_settings=fields.InvisSigSettings(box_out_of_bounds=True),
        ),
    ).sign_pdf(_AppendingWriter(io.BytesIO(content)), output=signed)
    return signed.getvalue()


def current_identity() -> Identity:
    """Who signs now; the demo makes itself a signer. Raises SigningError."""
    path = Path(settings.VSSID_SIGNING_FILE)
    try:
        if settings.VSSID_DEMO:
            ensure_signer(path)
        return _read(path, settings.VSSID_SIGNING_PASSWORD)
    except (OSError, IdentityError) as error:
        raise SigningError(hotline=settings.VSSID_HOTLINE) from error


def our_certificates() -> tuple[bytes, ...]:
    """Every certificate (DER) whose signatures are ours: today's and those of before."""
    former = settings.VSSID_SIGNING_FORMER_FILE
    known = read_certificates(Path(former).read_bytes()) if former else ()
    return tuple(dict.fromkeys(der(one) for one in (current_identity().certificate, *known)))


def roots() -> tuple[bytes, ...]:
    """What their chains end in (DER): the root of today, and whatever stands with the former."""
    former = settings.VSSID_SIGNING_FORMER_FILE
    known = read_certificates(Path(former).read_bytes()) if former else ()
    above = [one for one in known if one.subject == one.issuer]
    return tuple(dict.fromkeys(der(one) for one in (current_identity().root, *above)))


def _identity_in_force() -> Identity:
    identity, now = current_identity(), utc_now()
    for one in (identity.certificate, *identity.chain):
        # What is signed after the end of a certificate would never be taken for whole.
        if not one.not_valid_before_utc <= now <= one.not_valid_after_utc:
            raise SigningError(hotline=settings.VSSID_HOTLINE) from IdentityError(
                f"Not in force: {one.subject.rfc4514_string()}"
            )
    return identity


@cache
def _read(path: Path, password: str) -> Identity:
    return read_identity(path.read_bytes(), password)


@cache
def _signer(identity: Identity) -> signers.SimpleSigner:
    chain = SimpleCertificateStore()  # type: ignore[no-untyped-call] # its only one
    chain.register_multiple([asn1_x509.Certificate.load(der(one)) for one in identity.chain])
    secret = identity.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return signers.SimpleSigner(
        signing_cert=asn1_x509.Certificate.load(der(identity.certificate)),
        signing_key=keys.PrivateKeyInfo.load(secret),
        cert_registry=chain,
    )
