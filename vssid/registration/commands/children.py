"""A guardian declares a child: the account's draft, what they may learn, «Ghi nhận» (C02)."""

import math
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from vssid.accounts.models import Account
from vssid.audit.actors import Actor
from vssid.audit.commands import record_event
from vssid.files.queries import living
from vssid.kernel.clock import format_date, vietnam_today
from vssid.kernel.identifiers import mask_number
from vssid.kernel.text import is_unaccented
from vssid.kernel.uuid7 import uuid7
from vssid.limits import commands as limits
from vssid.people.models import Person
from vssid.people.queries import children_of
from vssid.reference import queries as reference
from vssid.registration import errors, matching, reasons, rules
from vssid.registration.answers import Answers
from vssid.registration.children import unfinished
from vssid.registration.commands import drafts
from vssid.registration.commands.comparing import Told, told_enough
from vssid.registration.commands.correcting import MENDED, copy_photo
from vssid.registration.commands.filing import create_declaration, replace_declaration
from vssid.registration.commands.notices import lock_number, tell
from vssid.registration.models import OPEN, Declaration, Draft

PHOTOS = ("portrait", "front")
"""The child's portrait, and the paper that shows whose child it is."""

# The largest families have fewer; whoever tries out strangers' numbers is stopped.
_OF_DAY = limits.Limit("child.file", 15, timedelta(days=1))


def start_child_draft(*, guardian: str, now: datetime, address: str) -> Draft:
    """The unfinished draft of a guardian, or a new one with the last one's relation and office.

    `address` is the network address. Raises TooManyDraftsError.
    """
    last = Declaration.objects.filter(guardian_number=guardian).order_by("-filed_at").first()
    with transaction.atomic():
        # Who presses twice begins one draft.
        lock_number(guardian)
        begun = unfinished(guardian)
        if begun is not None:
            return begun
        draft = drafts.start_draft(now=now, address=address)
        Draft.objects.filter(id=draft.id).update(guardian_number=guardian)
        if last is not None:
            kept = {"relation": last.relation, **_office(last)}
            drafts.save_answers(draft_id=draft.id, changes=kept, now=now)
        draft.refresh_from_db()
    return draft


def correct_child(*, declaration: Declaration, now: datetime, address: str) -> Draft:
    """Begin a draft with what was declared of a refused or lapsed one (guides R15).

    Photos come along as copies, but those that were the reason. An unfinished draft gives way.
    Raises NothingToCorrectError, TooManyDraftsError.
    """
    if declaration.state not in MENDED:
        raise errors.NothingToCorrectError
    found = reasons.of_text(declaration.refusal_reason)
    retaken = {photo for reason in found for photo in reason.photos}
    with transaction.atomic():
        discard_child_draft(guardian=declaration.guardian_number)
        draft = drafts.start_draft(now=now, address=address)
        changes = {
            "number": declaration.number,
            "full_name": declaration.full_name,
            "name_without_accents_is_right": is_unaccented(declaration.full_name),
            "relation": declaration.relation,
            **_office(declaration),
        }
        drafts.save_answers(draft_id=draft.id, changes=changes, now=now)
        kept = {
            kind: copy_photo(draft=draft, kind=kind, photo=getattr(declaration, kind), now=now)
            for kind in PHOTOS
            if kind not in retaken
        }
        Draft.objects.filter(id=draft.id).update(
            guardian_number=declaration.guardian_number, corrects=declaration.code, **kept
        )
        draft.refresh_from_db()
    return draft


def discard_child_draft(*, guardian: str) -> None:
    """«Bỏ bản khai dở»; its photos erase themselves by their term."""
    Draft.objects.filter(guardian_number=guardian, declaration__isnull=True).delete()


def compare_child(*, draft_id: UUID, phone: str, address: str, now: datetime) -> Told:
    """Tell whether the child of a draft fits the registry; one answer to whatever does not.

    Nobody's number, an adult's, another family's, one's own, a child one has already, another name:
    the same statements, the same answer. Counted for the guardian's phone and the network of
    `address`, as for adults; afterwards nothing is told.
    """
    draft = Draft.objects.get(id=draft_id)
    answers = Answers.read(draft.answers)
    declared = (answers.number, answers.full_name, draft.guardian_number)
    if told_enough(phone=phone, address=address, declared=declared, now=now):
        return Told.NOTHING
    agrees = _agrees(draft.guardian_number, answers, now)
    return Told.AGREES if agrees else Told.DIFFERS


def file_child(*, draft_id: UUID, now: datetime) -> Declaration:
    """File what a child's draft holds (guides C02, C03); a second call returns the first one's.

    Everything but the child's is the guardian's as their account and the registry have it. The
    guardian's own earlier one for the same child is replaced; another guardian's stands beside it.
    Locks the draft, then the child's number. Raises DraftIncompleteError, ChildDiffersError for
    oneself and for a child one has already, ChildrenOfDayError.
    """
    with transaction.atomic():
        draft = Draft.objects.select_for_update().get(id=draft_id)
        if draft.declaration is not None:
            return Declaration.objects.get(number=draft.declaration_number, id=draft.declaration)
        answers, guardian = Answers.read(draft.answers), draft.guardian_number
        _check(draft, answers)
        lock_number(answers.number)
        if answers.number == guardian or _is_held(guardian, answers.number, now):
            raise errors.ChildDiffersError
        if (pause := limits.hit(limit=_OF_DAY, key=guardian, now=now)) is not None:
            raise errors.ChildrenOfDayError(minutes=math.ceil(pause / timedelta(minutes=1)))
        by, code, made = Actor.citizen(guardian), rules.new_code(), uuid7()
        for earlier in Declaration.objects.select_for_update().filter(
            number=answers.number, guardian_number=guardian, state__in=OPEN
        ):
            replace_declaration(declaration=earlier, successor=code, by=by, now=now)
        declaration = create_declaration(
            draft=draft,
            answers=_with_guardian(answers, guardian),
            code=code,
            declaration_id=made,
            is_contested=False,
            now=now,
        )
        draft.declaration_number, draft.declaration = answers.number, made
        draft.save(update_fields=["declaration_number", "declaration"])
        record_event(by=by, act="child.file", subject=answers.number, details={"code": code})
        _tell_received(declaration)
    return declaration


def _with_guardian(answers: Answers, guardian: str) -> Answers:
    """The answers with what is the guardian's: paper, address, phone and email (guides C02)."""
    person, account = Person.objects.get(number=guardian), Account.objects.get(pk=guardian)
    return replace(
        answers,
        id_kind=person.id_kind,
        id_number=person.id_number,
        address_era=account.address_era,
        address_province=account.address_province,
        address_district=account.address_district,
        address_commune=account.address_commune,
        address_street=account.address_street,
        phone=account.phone,
        email=account.email,
    )


def _check(draft: Draft, answers: Answers) -> None:
    photos = living(photo for photo in (draft.portrait, draft.front) if photo)
    missing = rules.missing_child_step(
        answers, has_portrait=draft.portrait in photos, has_certificate=draft.front in photos
    )
    if missing is not None:
        raise errors.DraftIncompleteError(step=missing)


def _agrees(guardian: str, answers: Answers, now: datetime) -> bool:
    known = {
        number: rest
        for number, *rest in Person.objects.filter(
            number__in=[guardian, answers.number]
        ).values_list(
            *("number", "full_name", "birth_date", "birth_date_precision"),
            *("household_code", "died_on"),
        )
    }
    declared = matching.DeclaredChild(
        number=answers.number,
        full_name=answers.full_name,
        guardian=guardian,
        household=known[guardian][3],
        is_held=_is_held(guardian, answers.number, now),
    )
    registered = None
    if answers.number in known:
        name, born, precision, household, died_on = known[answers.number]
        registered = matching.RegisteredChild(name, born, precision, household, died_on is None)
    return matching.child_agrees(declared, registered, vietnam_today(now))


def _is_held(guardian: str, child: str, now: datetime) -> bool:
    return children_of(guardian, vietnam_today(now)).filter(child_number=child).exists()


def _office(declaration: Declaration) -> dict[str, str]:
    office = reference.known_office(declaration.office)
    return {"office": office.code, "provincial_agency": office.parent_code or office.code}


def _tell_received(declaration: Declaration) -> None:
    until = rules.paper_due(declaration.filed_at, settings.VSSID_PAPER_DUE)
    data = {
        "number": mask_number(declaration.number),
        "office": reference.known_office(declaration.office).name,
        "until": format_date(vietnam_today(until)),
    }
    tell(declaration, "child.received", data)
