"""«Ghi nhận»: a draft becomes a declaration, once."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from vssid.accounts.commands.taken_phones import refuse_taken_phone
from vssid.accounts.errors import AccountExistsError
from vssid.accounts.queries import has_account
from vssid.audit.actors import Actor
from vssid.audit.commands import record_event
from vssid.files import commands as files
from vssid.files.queries import living
from vssid.kernel.clock import format_date, vietnam_today
from vssid.kernel.identifiers import mask_number
from vssid.kernel.text import fold
from vssid.kernel.uuid7 import uuid7
from vssid.reference import queries as reference
from vssid.registration import errors, rules
from vssid.registration.answers import Answers
from vssid.registration.commands.cases import actor_of
from vssid.registration.commands.notices import erase_photos_later, lock_number, tell
from vssid.registration.commands.proving_email import ask_to_prove
from vssid.registration.commands.reading_papers import ask_for_reading
from vssid.registration.models import OPEN, Declaration, DeclarationCode, Draft, State
from vssid.staff.models import Officer


def file_declaration(*, draft_id: UUID, now: datetime, filer: Officer | None = None) -> Declaration:
    """File what a draft holds (guides R08, R10); a second call returns what the first one made.

    `filer`: the officer who files it for somebody at the counter, instead of the visitor.
    An open declaration of the same number from the same phone is replaced (R12); one from another
    phone and this one then stand as contested until an officer has seen the ID. Locks the draft,
    then the number. Raises DraftIncompleteError, PhoneNotConfirmedError, AccountExistsError,
    PhoneTakenError.
    """
    with transaction.atomic():
        draft = Draft.objects.select_for_update().get(id=draft_id)
        if draft.declaration is not None:
            return Declaration.objects.get(number=draft.declaration_number, id=draft.declaration)
        answers = Answers.read(draft.answers)
        _check(draft, answers)
        lock_number(answers.number)
        # Asked under the lock: an approval of the same number may just have made the account.
        if has_account(answers.number):
            raise AccountExistsError(hotline=settings.VSSID_HOTLINE)
        refuse_taken_phone(number=answers.number, phone=answers.phone, now=now)
        by = actor_of(filer) if filer else Actor.visitor(draft.id)
        code, declaration_id = rules.new_code(), uuid7()
        is_contested = _settle_with_earlier(answers, code, by, now)
        declaration = create_declaration(
            draft=draft,
            answers=answers,
            code=code,
            declaration_id=declaration_id,
            is_contested=is_contested,
            now=now,
        )
        ask_for_reading(photos=[declaration.front, declaration.back])
        draft.declaration_number, draft.declaration = answers.number, declaration_id
        draft.save(update_fields=["declaration_number", "declaration"])
        act = "declaration.file-at-desk" if filer else "declaration.file"
        record_event(by=by, act=act, subject=answers.number, details={"code": code})
        _tell_received(declaration, "declaration.received-at-desk" if filer else "")
        if is_contested:
            _tell_contested(declaration)
    return declaration


def _check(draft: Draft, answers: Answers) -> None:
    photos = living(photo for photo in (draft.portrait, draft.front, draft.back) if photo)
    missing = rules.missing_step(
        answers,
        has_portrait=draft.portrait in photos,
        has_front=draft.front in photos,
        has_back=draft.back in photos,
    )
    if missing is not None:
        raise errors.DraftIncompleteError(step=missing)
    if not rules.is_confirmed(
        answers, confirmed_number=draft.confirmed_number, confirmed_phone=draft.confirmed_phone
    ):
        raise errors.PhoneNotConfirmedError


def _settle_with_earlier(answers: Answers, code: str, by: Actor, now: datetime) -> bool:
    # What a guardian filed for a child stands beside the child's own, and says nothing about it.
    earlier = Declaration.objects.select_for_update().filter(
        number=answers.number, guardian_number="", state__in=OPEN
    )
    is_contested = False
    for declaration in earlier:
        if declaration.phone == answers.phone:
            replace_declaration(declaration=declaration, successor=code, by=by, now=now)
        else:
            is_contested = True
            contest(declaration=declaration, by=by)
    return is_contested


def replace_declaration(
    *, declaration: Declaration, successor: str, by: Actor, now: datetime
) -> None:
    """End an open declaration in favour of the one of the code `successor`, and tell (R12)."""
    declaration.state, declaration.ended_at = State.REPLACED, now
    declaration.save(update_fields=["state", "ended_at"])
    erase_photos_later(declaration, now, keep_portrait=False)
    record_event(
        by=by,
        act="declaration.replace",
        subject=declaration.number,
        details={"code": declaration.code, "successor": successor},
    )
    tell(
        declaration,
        "declaration.replaced",
        {
            "number": mask_number(declaration.number),
            "successor": rules.display_code(successor),
            "hotline": settings.VSSID_HOTLINE,
        },
    )


def contest(*, declaration: Declaration, by: Actor) -> None:
    """Let an open declaration wait beside another of its number, and tell; once."""
    if declaration.is_contested:
        return
    declaration.is_contested = True
    declaration.save(update_fields=["is_contested"])
    record_event(
        by=by,
        act="declaration.contest",
        subject=declaration.number,
        details={"code": declaration.code},
    )
    _tell_contested(declaration)


def _tell_contested(declaration: Declaration) -> None:
    tell(
        declaration,
        "declaration.contested",
        {"number": mask_number(declaration.number), "hotline": settings.VSSID_HOTLINE},
    )


def create_declaration(
    *,
    draft: Draft,
    answers: Answers,
    code: str,
    declaration_id: UUID,
    is_contested: bool,
    now: datetime,
) -> Declaration:
    """Write the declaration of a draft that was checked, and keep its photos."""
    DeclarationCode.objects.create(code=code, number=answers.number, declaration=declaration_id)
    declaration = Declaration.objects.create(
        number=answers.number,
        id=declaration_id,
        code=code,
        is_contested=is_contested,
        full_name=answers.full_name,
        name_key=fold(answers.full_name),
        id_kind=answers.id_kind,
        id_number=answers.id_number,
        address_era=answers.address_era,
        address_province=answers.address_province,
        address_district=answers.address_district,
        address_commune=answers.address_commune,
        address_street=answers.address_street,
        phone=answers.phone,
        email=answers.email,
        office=_office(answers),
        portrait=_attached(draft.portrait),
        front=_attached(draft.front),
        back=draft.back if answers.id_kind != "passport" else None,
        filed_at=now,
        corrects=draft.corrects,
        guardian_number=draft.guardian_number,
        relation=answers.relation,
    )
    for photo in (declaration.portrait, declaration.front, declaration.back):
        if photo is not None:
            files.keep_until(file_id=photo, until=None)
    return declaration


def _office(answers: Answers) -> str:
    """The chosen office, or who does its work, if it ended since it was chosen."""
    area = answers.address_commune or answers.address_district
    found = reference.receiving_office(answers.office, answers.address_era, area)
    return found.code if found else answers.office


def _attached(photo: UUID | None) -> UUID:
    if photo is None:
        raise ValueError("The check before lets no draft pass without this photo.")
    return photo


def _tell_received(declaration: Declaration, template: str) -> None:
    ask_to_prove(declaration=declaration)
    until = rules.paper_due(declaration.filed_at, settings.VSSID_PAPER_DUE)
    tell(
        declaration,
        template or "declaration.received",
        {
            "number": mask_number(declaration.number),
            "office": reference.known_office(declaration.office).name,
            "until": format_date(vietnam_today(until)),
            "hotline": settings.VSSID_HOTLINE,
        },
        # Nobody has proven the email yet: it may be a stranger's, and gets the proof's letter.
        by_email=False,
    )
