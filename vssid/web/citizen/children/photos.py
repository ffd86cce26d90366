"""The photos of a child's form: sent in parts like an adult's, shown to the guardian alone."""

from uuid import UUID

from django.http import HttpResponse

from vssid.files.errors import FileErasedError, FileMissingError
from vssid.files.queries import read_file
from vssid.registration.commands import children as commands
from vssid.web.citizen.children.drafts import ChildRequest, with_child_draft
from vssid.web.citizen.registration.photos import begin_parts, take_part


@with_child_draft
def begin(request: ChildRequest, kind: str) -> HttpResponse:
    """A photo will come in parts: how many bytes it has is said in `size`."""
    if kind not in commands.PHOTOS:
        return HttpResponse(status=404)
    return begin_parts(request, request.draft, kind, "citizen:children-photo-part")


@with_child_draft
def part(request: ChildRequest, upload: UUID) -> HttpResponse:
    """Takes the bytes from `Upload-Offset` on; asked by GET, says from where to go on."""
    return take_part(request, request.draft, upload)


@with_child_draft
def photo(request: ChildRequest, kind: str) -> HttpResponse:
    """A photo of the guardian's own draft."""
    file_id = getattr(request.draft, kind) if kind in commands.PHOTOS else None
    try:
        content = read_file(file_id) if file_id else None
    except (FileErasedError, FileMissingError):
        content = None
    if content is None:
        return HttpResponse(status=404)
    answer = HttpResponse(content, content_type="image/jpeg")
    answer["Cache-Control"] = "private, no-store"
    return answer
