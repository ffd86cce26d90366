"""Papers that come with a petition: what is taken in, and where they wait until it is sent."""

import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.conf import settings

from vssid.accounts import tokens
from vssid.files.pictures import accept_photo
from vssid.kernel.uuid7 import uuid7
from vssid.support import errors

JPEG: Final = "image/jpeg"
PDF: Final = "application/pdf"
_PURPOSE: Final = "petition papers"
# A PDF that runs, opens, sends or carries something else is refused. What hides in compressed parts
# is not seen here: officers get a PDF as a download only, never inside a page. To open at a page
# (/OpenAction with /GoTo) is what many scanners write, and does no harm.
_ACTIVE: Final = re.compile(
    rb"/(?:JavaScript|Launch|EmbeddedFile|RichMedia|Encrypt|SubmitForm|ImportData|GoTo[ER](?![a-z])"
    rb"|XFA(?![A-Za-z0-9]))"
)
# Names may be written with #xx for any of their letters.
_ESCAPED: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
_END: Final = re.compile(rb"startxref\s+(\d{1,10})\s+%%EOF")
_TABLE: Final = re.compile(rb"\s*(?:xref\s|\d+\s+\d+\s+obj)")
_END_WITHIN: Final = 2048
# What other programs read in a file that begins as a PDF: a page by its beginning, an archive by
# its directory, which stands last, with at most 64 KiB of remarks behind it.
_PAGE: Final = re.compile(rb"<(?:!doctype|html|head|body|script|svg)[\s>]", re.IGNORECASE)
_BEGIN_WITHIN: Final = 1024
_ARCHIVED: Final = b"PK\x03\x04"
_ARCHIVE: Final = b"PK\x05\x06"
_ARCHIVE_WITHIN: Final = 64 * 1024 + 22


@dataclass(frozen=True, slots=True)
class Paper:
    """A stored paper: `media_type` is JPEG or PDF."""

    file: UUID
    media_type: str


@dataclass(frozen=True, slots=True)
class Parcel:
    """What waits to be sent: the id that the sending will have, and the papers stored for it."""

    id: UUID
    papers: tuple[Paper, ...] = ()


def new_parcel() -> Parcel:
    """An empty one, under a fresh id: sent twice, it is one sending."""
    return Parcel(uuid7())


def seal_parcel(parcel: Parcel, *, number: str, now: datetime) -> str:
    """The parcel as a hidden field, for the person who packed it."""
    papers = [[paper.file.hex, paper.media_type] for paper in parcel.papers]
    content = {"for": number, "at": int(now.timestamp()), "id": parcel.id.hex, "papers": papers}
    return tokens.seal(_PURPOSE, json.dumps(content).encode())


def open_parcel(sealed: str, *, number: str, now: datetime) -> Parcel:
    """What `seal_parcel` packed; a fresh one for an empty text.

    Raises PapersLateError for a parcel of somebody else, or one whose papers are gone by now.
    """
    if not sealed:
        return new_parcel()
    content = json.loads(tokens.unseal(_PURPOSE, sealed) or b"{}")
    lifetime = settings.VSSID_PETITION_PAPERS_WAIT.total_seconds()
    if content.get("for") != number or now.timestamp() - content["at"] > lifetime:
        raise errors.PapersLateError
    papers = tuple(Paper(UUID(file), media_type) for file, media_type in content["papers"])
    return Parcel(UUID(content["id"]), papers)


def accept(content: bytes, *, pictures_only: bool = False) -> tuple[bytes, str]:
    """Take in a paper: a photo made anew as a JPEG, or a PDF as it is; content and media type.

    A PDF cannot be made anew as a photo is: from who has no account, it is refused like anything
    else that is no photo. Raises PaperTooLargeError, PaperNotReadableError, PaperNotAPdfError, and
    the PhotoRefusedError errors of vssid.files for everything else.
    """
    if pictures_only or not content.startswith(b"%PDF-"):
        return accept_photo(content, max_bytes=settings.VSSID_PHOTO_MAX_BYTES).jpeg, JPEG
    if len(content) > settings.VSSID_PETITION_PDF_MAX_BYTES:
        limit = settings.VSSID_PETITION_PDF_MAX_BYTES // (1024 * 1024)
        raise errors.PaperTooLargeError(limit_mb=limit)
    _check_pdf(content)
    return content, PDF


def _check_pdf(content: bytes) -> None:
    """Refuse what only begins as a PDF, is cut off, or does more than to be read."""
    begin = content[:_BEGIN_WITHIN]
    if _PAGE.search(begin) or _ARCHIVED in begin or _ARCHIVE in content[-_ARCHIVE_WITHIN:]:
        raise errors.PaperNotAPdfError
    ends = _END.findall(content[-_END_WITHIN:])
    if not ends or not _TABLE.match(content, int(ends[-1])):
        raise errors.PaperNotReadableError
    if _ACTIVE.search(_ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), content)):
        raise errors.PaperNotReadableError
