"""A refused or lapsed declaration is declared again from its own answers (guides R15)."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from vssid.audit.actors import Actor
from vssid.files import commands as files
from vssid.files.errors import FileErasedError, FileMissingError
from vssid.files.queries import read_file
from vssid.kernel.text import is_unaccented
from vssid.reference import queries as reference
from vssid.registration import errors, reasons
from vssid.registration.answers import Answers
from vssid.registration.commands import drafts
from vssid.registration.commands.reading_papers import ask_for_reading
from vssid.registration.models import Declaration, Draft, State

MENDED = (State.REFUSED, State.LAPSED)


def correct_declaration(*, declaration: Declaration, address: str, now: datetime) -> Draft:
    """Begin a draft with what was declared; `drafts.start_draft` says what `address` is.

    Photos come along as copies, but those that were the reason, and those erased meanwhile. Raises
    NothingToCorrectError, TooManyDraftsError.
    """
    # A child's is mended where its guardian is signed in.
    if declaration.state not in MENDED or declaration.guardian_number:
        raise errors.NothingToCorrectError
    found = reasons.of_text(declaration.refusal_reason)
    retaken = {photo for reason in found for photo in reason.photos}
    with transaction.atomic():
        draft = drafts.start_draft(now=now, address=address)
        Draft.objects.filter(id=draft.id).update(corrects=declaration.code)
        drafts.save_answers(draft_id=draft.id, changes=_answers(declaration), now=now)
        kept = {
            kind: copy_photo(draft=draft, kind=kind, photo=getattr(declaration, kind), now=now)
            for kind in drafts.PHOTOS
            if kind not in retaken
        }
        Draft.objects.filter(id=draft.id).update(**kept)
        ask_for_reading(photos=[kept.get(kind) for kind in drafts.PAPERS])
        draft.refresh_from_db()
    return draft


def _answers(declaration: Declaration) -> dict[str, object]:
    office = reference.known_office(declaration.office)
    same = Answers.__dataclass_fields__.keys() & {f.name for f in Declaration._meta.fields}
    return {
        **{name: getattr(declaration, name) for name in same},
        # Whoever filed a name without accents was asked about it.
        "name_without_accents_is_right": is_unaccented(declaration.full_name),
        "provincial_agency": office.parent_code or office.code,
    }


def copy_photo(*, draft: Draft, kind: str, photo: UUID | None, now: datetime) -> UUID | None:
    """A copy of a photo for a draft: the declaration's own keeps its term, whatever the draft does.

    None for one that was erased meanwhile.
    """
    if photo is None:
        return None
    try:
        content = read_file(photo)
    except (FileErasedError, FileMissingError):
        return None
    stored = files.store_file(
        content=content,
        media_type="image/jpeg",
        purpose=f"declaration.{kind}",
        by=Actor.visitor(draft.id),
        delete_after=now + settings.VSSID_DRAFT_LIFETIME,
    )
    return stored.id
