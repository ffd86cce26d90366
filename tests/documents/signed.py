"""Signed PDFs for tests, small ones."""

import io
from functools import cache
from pathlib import Path

from asn1crypto import keys, x509
from cryptography.hazmat.primitives import serialization
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import PdfSignatureStatus
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from tests.documents.certificates import MIDDLE, ROOT, SIGNER, Holder
from vssid.documents.identity import der
from vssid.documents.signing import current_identity, sign_pdf
from vssid.documents.typesetting import typeset

REASON = "7F3K-Q92D-0123-CDFG"
_PAGE = """
#set document(title: "Thử", date: datetime(year: 2026, month: 11, day: 21))
#set text(font: "Libertinus Serif", fallback: false, lang: "vi")
Xác nhận 148 tháng.
"""


@cache
def unsigned(folder: Path) -> bytes:
    """A page as typeset, made once for a run in `folder`."""
    source = folder / "page.typ"
    source.write_text(_PAGE)
    return typeset(source=source, data={}, output="pdf")


def signed(folder: Path) -> bytes:
    """The page with our signature."""
    return sign_pdf(unsigned(folder), reason=REASON)


def signed_by(holder: Holder, content: bytes, field: str = "Khac") -> bytes:
    """A PDF signed by somebody else."""
    store = SimpleCertificateStore()  # type: ignore[no-untyped-call] # its only one
    store.register_multiple([_certificate(one) for one in (MIDDLE, ROOT)])
    secret = holder.key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    signer = signers.SimpleSigner(
        _certificate(holder), keys.PrivateKeyInfo.load(secret), cert_registry=store
    )
    out = io.BytesIO()
    signers.sign_pdf(
        IncrementalPdfFileWriter(io.BytesIO(content)),
        signers.PdfSignatureMetadata(field_name=field, reason=REASON, md_algorithm="sha256"),
        signer=signer,
        new_field_spec=fields.SigFieldSpec(field),
        output=out,
    )
    return out.getvalue()


def signature_of(content: bytes) -> EmbeddedPdfSignature:
    """The one signature of a file."""
    (found,) = PdfFileReader(io.BytesIO(content)).embedded_signatures
    return found


def validated(content: bytes) -> PdfSignatureStatus:
    """What pyHanko's own validator says, trusting our root and asking nobody."""
    root = x509.Certificate.load(der(current_identity().root))
    context = ValidationContext(trust_roots=[root], allow_fetching=False)
    return validate_pdf_signature(signature_of(content), signer_validation_context=context)


def foreigner() -> Holder:
    """Somebody whose certificate is as good as ours."""
    return SIGNER


def _certificate(holder: Holder) -> x509.Certificate:
    return x509.Certificate.load(der(holder.certificate))
