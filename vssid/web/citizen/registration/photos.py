"""The photos of Mẫu số 01 (guides R04): with the form, or in parts that survive a broken line."""

import math
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from vssid.audit.actors import Actor
from vssid.files.errors import (
    PhotoRefusedError,
    PhotoTooLargeError,
    UploadMissingError,
    UploadOffsetError,
    UploadsCrowdedError,
)
from vssid.files.models import PartialUpload
from vssid.files.queries import findings
from vssid.files.uploads import commands as uploads
from vssid.files.uploads.queries import find_upload, whole_content
from vssid.kernel.clock import utc_now
from vssid.kernel.networks import network_of
from vssid.limits import commands as limits
from vssid.registration.commands import drafts
from vssid.registration.errors import DraftFiledError, TooManyPhotosError
from vssid.registration.queries import DraftView
from vssid.web.citizen.registration.drafts import DraftRequest, with_draft
from vssid.web.ui.photo_words import PhotoQuestion, question_about, questions_about
from vssid.web.ui.uploads import CappedUpload

# Each photo may be taken many times over; a script that only begins uploads may not.
_UPLOADS = limits.Limit("draft.uploads", 120, timedelta(hours=1))


@dataclass(slots=True)
class Kept:
    """What became of the photos of one request, by kind."""

    refused: dict[str, str] = field(default_factory=dict)
    questioned: bool = False


def keep_photos(request: HttpRequest, draft: DraftView, kinds: tuple[str, ...]) -> Kept:
    """Keep every photo that came along; the sentences of those that were refused, by kind.

    Good photos are kept even when another field is wrong: nobody takes them twice. `questioned`
    says that one of them is hard to read.
    """
    kept = Kept()
    for kind in kinds:
        upload = next((file for file in request.FILES.getlist(kind) if file.size), None)
        if upload is None:
            continue
        try:
            if isinstance(upload, CappedUpload) and upload.is_too_large:
                limit = settings.VSSID_PHOTO_MAX_BYTES // (1024 * 1024)
                raise PhotoTooLargeError(limit_mb=limit)
            stored = drafts.attach_photo(
                draft_id=draft.id, kind=kind, content=upload.read(), now=utc_now()
            )
        except (PhotoRefusedError, TooManyPhotosError) as error:
            kept.refused[kind] = str(error)
        else:
            kept.questioned |= _question(stored, kind) is not None
    return kept


def require_photo(
    request: HttpRequest, stored: UUID | None, kind: str, refused: dict[str, str]
) -> None:
    """Ask for a photo that is neither kept nor came along."""
    came = any(file.size for file in request.FILES.getlist(kind))
    if stored is None and not came:
        refused[kind] = {
            "portrait": _("Xin chụp hoặc chọn ảnh chân dung 4x6."),
            "front": _("Xin chụp hoặc chọn ảnh mặt trước giấy tờ."),
            "back": _("Xin chụp hoặc chọn ảnh mặt sau giấy tờ."),
        }[kind]


def questions(draft: DraftView) -> dict[str, PhotoQuestion]:
    """«Chụp lại?» for each kept photo that is hard to read, by kind."""
    return questions_about({kind: getattr(draft, kind) for kind in drafts.PHOTOS})


@with_draft
def begin(request: DraftRequest, kind: str) -> HttpResponse:
    """A photo will come in parts: how many bytes it has is said in `size`."""
    return begin_parts(request, request.draft, kind, "citizen:register-photo-part")


@with_draft
def part(request: DraftRequest, upload: UUID) -> HttpResponse:
    """Takes the bytes from `Upload-Offset` on; asked by GET, says from where to go on."""
    return take_part(request, request.draft, upload)


def begin_parts(request: HttpRequest, draft: DraftView, kind: str, route: str) -> HttpResponse:
    """Expect a photo of a draft in parts; `route` names the address that takes them."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    typed = request.POST.get("size", "")
    size = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 12 else 0
    pause = limits.hit(limit=_UPLOADS, key=draft.id.hex, now=utc_now())
    if pause is not None:
        minutes = math.ceil(pause / timedelta(minutes=1))
        return _said({"problem": str(TooManyPhotosError(minutes=minutes))}, 429)
    try:
        upload = uploads.begin_upload(
            size=size,
            purpose=kind,
            by=Actor.visitor(draft.id),
            network=network_of(request.META.get("REMOTE_ADDR", "")),
            max_bytes=settings.VSSID_PHOTO_MAX_BYTES,
            now=utc_now(),
        )
    except UploadMissingError as error:
        return _said({"problem": str(error)}, 409)
    except UploadsCrowdedError as error:
        return _said({"problem": str(error)}, 429)
    except PhotoRefusedError as error:
        return _said({"problem": str(error)}, 422)
    address = reverse(route, args=[upload.id])
    return _said({"address": address, "part_bytes": uploads.PART_BYTES, "received": 0}, 201)


def take_part(request: HttpRequest, draft: DraftView, upload: UUID) -> HttpResponse:
    """Keep a part of a draft's photo; the last one answers with what the whole became."""
    by, now = Actor.visitor(draft.id), utc_now()
    try:
        if request.method != "POST":
            return _progress(find_upload(upload_id=upload, by=by, now=now))
        offset = request.headers.get("Upload-Offset", "")
        received = uploads.receive_part(
            upload_id=upload,
            offset=int(offset) if offset.isascii() and offset.isdigit() else -1,
            content=request.body,
            by=by,
            now=now,
        )
        return _progress(_finished(draft.id, received))
    except UploadMissingError as error:
        return _said({"problem": str(error)}, 404)
    except UploadOffsetError as error:
        return _said({"problem": str(error), **error.details}, 409)
    except (TooManyPhotosError, UploadsCrowdedError) as error:
        return _said({"problem": str(error)}, 429)
    except DraftFiledError as error:
        return _said({"problem": str(error)}, 409)
    except PhotoRefusedError as error:
        return _said({"problem": str(error)}, 422)


def _finished(draft_id: UUID, upload: PartialUpload) -> PartialUpload:
    """The upload as it is; once all bytes are here, with the photo they became."""
    if upload.received < upload.size:
        return upload
    try:
        upload.stored = drafts.attach_photo(
            draft_id=draft_id, kind=upload.purpose, content=whole_content(upload), now=utc_now()
        )
    finally:
        uploads.finish_upload(upload_id=upload.id, stored=upload.stored)
    return upload


def _question(stored: UUID, kind: str) -> PhotoQuestion | None:
    return question_about(findings([stored]).get(stored, ()), drafts.SUBJECTS[kind])


def _progress(upload: PartialUpload) -> HttpResponse:
    said: dict[str, object] = {"received": upload.received}
    if upload.stored is not None:
        asked = _question(upload.stored, upload.purpose)
        said |= {"is_stored": True}
        said |= {"question": asked.question, "advice": asked.advice} if asked else {}
    return _said(said)


def _said(content: dict[str, object], status: int = 200) -> HttpResponse:
    answer = JsonResponse(content, status=status)
    answer["Cache-Control"] = "no-store"
    return answer
