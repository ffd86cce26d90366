"""Looks into a PDF that anybody may have made: a program of its own, without secrets, with limits.

A hostile PDF may take all the memory or time there is. So `checking` runs this module in a process
that dies of it alone: standard input holds a line of JSON and the file, standard output the answer.
"""

import io
import json
import resource
import sys
from base64 import b64decode
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from asn1crypto import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

MEMORY_BYTES = 1024 * 1024 * 1024
_HEADER = b"%PDF-"
# Readers look for it there as well.
_HEADER_WITHIN = 1024


class Verdict(StrEnum):
    """What a file is."""

    WHOLE = "whole"
    CHANGED = "changed"
    FOREIGN = "foreign"
    UNSIGNED = "unsigned"
    UNREADABLE = "unreadable"
    NOT_PDF = "not-pdf"
    TOO_LARGE = "too-large"


@dataclass(frozen=True, slots=True)
class Examined:
    """What a file is; `reason` is the one given when we signed it, only if it is whole."""

    verdict: Verdict
    reason: str = ""


def is_pdf(content: bytes) -> bool:
    """Whether it says of itself that it is a PDF."""
    return _HEADER in content[:_HEADER_WITHIN]


def examine(content: bytes, *, ours: Sequence[bytes], roots: Sequence[bytes]) -> Examined:
    """Tell what a file is. `ours` are our signing certificates, `roots` those they end in (DER).

    Ours is a signature by one of these very certificates: a root may vouch for others as well. It
    is whole when that signature is the only one, valid, and covers the file to its last byte.
    """
    if not is_pdf(content):
        return Examined(Verdict.NOT_PDF)
    # Bytes of strangers meet a parser: whatever it raises means that it cannot be read.
    try:
        found = list(PdfFileReader(io.BytesIO(content), strict=True).embedded_signatures)
        is_ours = [one.signer_cert.dump() in ours for one in found]
    except Exception:
        return _unless_once_ours(content, ours, Verdict.UNREADABLE)
    if not any(is_ours):
        return _unless_once_ours(content, ours, Verdict.FOREIGN if found else Verdict.UNSIGNED)
    try:
        if is_ours == [True] and _is_whole(found[0], roots):
            return Examined(Verdict.WHOLE, str(found[0].sig_object.get("/Reason", "")))
    except Exception:
        return Examined(Verdict.CHANGED)
    return Examined(Verdict.CHANGED)


def _is_whole(signature: EmbeddedPdfSignature, roots: Sequence[bytes]) -> bool:
    context = ValidationContext(
        trust_roots=[x509.Certificate.load(one) for one in roots],
        # Ours says truly when it was made; a certificate that ends later takes nothing from it.
        moment=signature.self_reported_timestamp,
        allow_fetching=False,
    )
    status = validate_pdf_signature(signature, signer_validation_context=context)
    covers_all = status.coverage is SignatureCoverageLevel.ENTIRE_FILE
    return bool(status.bottom_line) and covers_all


def _unless_once_ours(content: bytes, ours: Sequence[bytes], verdict: Verdict) -> Examined:
    """Where our certificate still stands in the file, it is one of ours that was spoilt."""
    letters = content.lower()
    carries = any(one.hex().encode() in letters for one in ours)
    return Examined(Verdict.CHANGED if carries else verdict)


def main() -> None:
    """Answer for the file on standard input, within limits that the system holds."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    asked = json.loads(sys.stdin.buffer.readline())
    resource.setrlimit(resource.RLIMIT_CPU, (asked["seconds"], asked["seconds"]))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    found = examine(
        sys.stdin.buffer.read(),
        ours=[b64decode(one) for one in asked["ours"]],
        roots=[b64decode(one) for one in asked["roots"]],
    )
    sys.stdout.write(json.dumps({"verdict": found.verdict, "reason": found.reason}))


if __name__ == "__main__":
    main()
