"""Filling in: each step is saved, so that nothing typed is lost."""

import math
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from vssid.accounts.commands import codes
from vssid.accounts.commands.taken_phones import refuse_taken_phone
from vssid.accounts.errors import AccountExistsError
from vssid.accounts.models import CodePurpose
from vssid.accounts.queries import has_account
from vssid.audit.actors import Actor
from vssid.files import commands as files
from vssid.files.pictures import accept_photo
from vssid.files.quality import Subject
from vssid.kernel.identifiers import mask_number
from vssid.kernel.networks import line_of
from vssid.limits import commands as limits
from vssid.registration import errors, jobs
from vssid.registration.answers import Answers
from vssid.registration.models import Draft

PHOTOS = ("portrait", "front", "back")
SUBJECTS = {"portrait": Subject.PERSON, "front": Subject.PAPER, "back": Subject.PAPER}
"""What each photo shows, for the judgement whether it can be read."""

PAPERS = ("front", "back")
# A school or a village hall registers hundreds behind one address; a script wants thousands.
_DRAFTS = limits.Limit("draft.start", 300, timedelta(hours=1))
_PHOTOS = limits.Limit("draft.photos", 40, timedelta(hours=1))


def start_draft(*, now: datetime, address: str = "") -> Draft:
    """Begin an empty declaration for a visitor at a network address. Raises TooManyDraftsError."""
    pause = limits.hit(limit=_DRAFTS, key=line_of(address), now=now) if address else None
    if pause is not None:
        raise errors.TooManyDraftsError(minutes=math.ceil(pause / timedelta(minutes=1)))
    return Draft.objects.create(created_at=now, updated_at=now)


def save_answers(*, draft_id: UUID, changes: Mapping[str, Any], now: datetime) -> Answers:
    """Keep what one step asked for. Locks the draft. Raises DraftFiledError."""
    with transaction.atomic():
        draft = _unfiled(draft_id)
        before = Answers.read(draft.answers)
        answers = replace(before, **changes)
        if _binding(before) != _binding(answers):
            # One picture code lets codes go to one phone, not to one after the other.
            draft.picture_passed_at = None
        draft.answers = asdict(answers)
        draft.updated_at = now
        draft.save(update_fields=["answers", "updated_at", "picture_passed_at"])
        _keep_photos(draft, now)
    return answers


def attach_photo(*, draft_id: UUID, kind: str, content: bytes, now: datetime) -> UUID:
    """Check, re-encode, encrypt, keep and judge one photo; an earlier one is erased.

    `kind` is one of PHOTOS. Raises TooManyPhotosError, DraftFiledError and the PhotoRefusedError
    errors of vssid.files; nothing changes then.
    """
    if kind not in PHOTOS:
        raise ValueError(f"unknown photo {kind!r}")
    pause = limits.hit(limit=_PHOTOS, key=draft_id.hex, now=now)
    if pause is not None:
        raise errors.TooManyPhotosError(minutes=math.ceil(pause / timedelta(minutes=1)))
    picture = accept_photo(content, max_bytes=settings.VSSID_PHOTO_MAX_BYTES)
    by = Actor.visitor(draft_id)
    with transaction.atomic():
        draft = _unfiled(draft_id)
        earlier: UUID | None = getattr(draft, kind)
        stored = files.store_file(
            content=picture.jpeg,
            media_type="image/jpeg",
            purpose=f"declaration.{kind}",
            by=by,
            delete_after=now + settings.VSSID_DRAFT_LIFETIME,
        )
        setattr(draft, kind, stored.id)
        draft.updated_at = now
        draft.save(update_fields=[kind, "updated_at"])
        _keep_photos(draft, now)
        if earlier is not None:
            files.erase_file(file_id=earlier, by=by)
        # A guardian's draft holds a birth certificate, which no machine reads.
        if kind in PAPERS and not draft.guardian_number:
            jobs.defer_reading(photo=stored.id)
    files.examine_photo(file_id=stored.id, subject=SUBJECTS[kind])
    return stored.id


def pass_picture_check(*, draft_id: UUID, now: datetime) -> None:
    """Remember that the picture code was typed rightly: a resend does not ask again."""
    Draft.objects.filter(id=draft_id).update(picture_passed_at=now)


def send_phone_code(*, draft_id: UUID, now: datetime, address: str = "") -> None:
    """Send the code that confirms number and phone of a draft (guides R07).

    `address` is the visitor's network address, whose network has budgets of its own. Raises
    PictureNotPassedError, AccountExistsError, CodeTooSoonError, CodesExhaustedError,
    CodesOfDayError, NetworkExhaustedError.
    """
    draft = Draft.objects.get(id=draft_id)
    answers = Answers.read(draft.answers)
    if draft.picture_passed_at is None:
        raise errors.PictureNotPassedError
    if has_account(answers.number):
        raise AccountExistsError(hotline=settings.VSSID_HOTLINE)
    request = codes.CodeRequest(
        purpose=CodePurpose.REGISTRATION,
        subject=draft.id.hex,
        binding=_binding(answers),
        phone=answers.phone,
        template="code.registration",
        data={"number": mask_number(answers.number)},
        asked_from=address,
    )
    codes.issue_code(request=request, by=Actor.visitor(draft.id), now=now)


def confirm_phone(*, draft_id: UUID, typed: str, now: datetime) -> None:
    """Take the typed-back code. Raises WrongCodeError, CodeSpentError, CodeLateError, and
    PhoneTakenError, which only whoever holds the phone is told.
    """
    answers = Answers.read(Draft.objects.get(id=draft_id).answers)
    proof = codes.try_code(
        purpose=CodePurpose.REGISTRATION,
        subject=draft_id.hex,
        binding=_binding(answers),
        typed=typed,
        now=now,
    )
    with transaction.atomic():
        refuse_taken_phone(number=answers.number, phone=answers.phone, now=now)
        codes.use_code(proof=proof, now=now)
        Draft.objects.filter(id=draft_id).update(
            confirmed_number=answers.number, confirmed_phone=answers.phone, confirmed_at=now
        )


def delete_old_drafts(*, now: datetime) -> int:
    """Forget drafts that nobody touched for their lifetime; their photos erase themselves."""
    old = Draft.objects.filter(updated_at__lt=now - settings.VSSID_DRAFT_LIFETIME)
    return old.delete()[0]


def _unfiled(draft_id: UUID) -> Draft:
    """The draft, locked: a photo may be decoded in one tab while another tab files."""
    draft = Draft.objects.select_for_update().get(id=draft_id)
    if draft.declaration is not None:
        raise errors.DraftFiledError
    return draft


def _keep_photos(draft: Draft, now: datetime) -> None:
    # Photos live as long as their draft, which lives from its last change.
    for photo in (draft.portrait, draft.front, draft.back):
        if photo is not None:
            files.keep_until(file_id=photo, until=now + settings.VSSID_DRAFT_LIFETIME)


def _binding(answers: Answers) -> str:
    return f"{answers.number}|{answers.phone}"
