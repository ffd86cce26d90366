"""Somebody without an account writes: their phone is proven, then the petition counts (U05).

Between form and code nothing is stored but the pictures: the letter travels sealed with the page.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import transaction

from vssid.accounts import tokens
from vssid.accounts.commands import codes
from vssid.accounts.errors import TicketLateError
from vssid.accounts.models import CodePurpose
from vssid.audit.actors import Actor
from vssid.reference import queries as reference
from vssid.support import catalogue, errors, papers
from vssid.support.commands import steps
from vssid.support.commands.opening import check_pace
from vssid.support.models import Petition

HOLDER: Final = "guest"
"""Whose parcel it is before a phone is proven: of whoever holds the page."""
_LETTER: Final = "petition letter"


@dataclass(frozen=True, slots=True)
class Letter:
    """What somebody writes before their phone is proven.

    `phone` in international form, `category` a code of the catalogue, `office` an agency's code,
    `parcel` as `papers.seal_parcel` made it.
    """

    category: str
    words: str
    full_name: str
    phone: str
    office: str
    parcel: str


def seal_letter(*, letter: Letter, now: datetime) -> str:
    """The letter as a hidden field of the page on which the code is typed."""
    content = {**asdict(letter), "at": int(now.timestamp())}
    return tokens.seal(_LETTER, json.dumps(content, ensure_ascii=False).encode())


def open_letter(*, sealed: str, now: datetime) -> Letter:
    """What `seal_letter` sealed. Raises TicketLateError for anything else, or one that is old."""
    content = json.loads(tokens.unseal(_LETTER, sealed) or b"{}")
    late = settings.VSSID_PETITION_PAPERS_WAIT.total_seconds()
    if not content or now.timestamp() - content.pop("at") > late:
        raise TicketLateError
    return Letter(**content)


def send_phone_code(*, letter: Letter, asked_from: str, now: datetime) -> None:
    """Send (another) code to the phone of a letter; its SMS names where the letter goes.

    `asked_from` is the visitor's network address. Raises PapersLateError, CodeTooSoonError,
    CodesExhaustedError, CodesOfDayError, NetworkExhaustedError.
    """
    subject = subject_of(letter=letter, now=now)
    request = codes.CodeRequest(
        purpose=CodePurpose.PETITION,
        subject=subject,
        binding=_binding(letter),
        phone=letter.phone,
        template="code.petition",
        data={"office": reference.known_office(letter.office).name},
        asked_from=asked_from,
    )
    codes.issue_code(request=request, by=Actor.visitor(subject), now=now)


def send_letter(*, letter: Letter, typed: str, now: datetime) -> Petition:
    """Take the code typed back and open the petition; once, however often it is sent.

    Raises WordsMissingError, UnknownCategoryError, UnknownOfficeError, TooManyPetitionsError,
    PapersLateError, WrongCodeError, CodeSpentError, CodeLateError.
    """
    found = catalogue.category(letter.category)
    if found is None or found.code == catalogue.REPORTED:
        raise errors.UnknownCategoryError
    steps.check_words(words=letter.words)
    office = reference.known_office(letter.office)
    parcel = papers.open_parcel(letter.parcel, number=HOLDER, now=now)
    proof = codes.try_code(
        purpose=CodePurpose.PETITION,
        subject=parcel.id.hex,
        binding=_binding(letter),
        typed=typed,
        now=now,
    )
    with transaction.atomic():
        check_pace(key=letter.phone, now=now)
        codes.use_code(proof=proof, now=now)
        petition = Petition(
            id=parcel.id,
            kind=found.kind,
            category=found.code,
            office=office.code,
            full_name=letter.full_name,
            phone=letter.phone,
            words=letter.words,
            opened_at=now,
            due_on=steps.due_on(category=found.code, now=now),
            changed_at=now,
        )
        by = Actor.visitor(parcel.id.hex)
        return steps.write_petition(petition=petition, by=by, papers=parcel.papers)


def sent(*, letter: Letter, now: datetime) -> Petition | None:
    """What a letter became when it was sent before: a button pressed twice."""
    parcel = papers.open_parcel(letter.parcel, number=HOLDER, now=now)
    return Petition.objects.filter(number="", id=parcel.id).first()


def subject_of(*, letter: Letter, now: datetime) -> str:
    """Under which the code of a letter runs: the id of its parcel. Raises PapersLateError."""
    return papers.open_parcel(letter.parcel, number=HOLDER, now=now).id.hex


def _binding(letter: Letter) -> str:
    """Everything the code confirms but the pictures, which may still be crossed out."""
    said = "|".join([letter.category, letter.full_name, letter.phone, letter.office, letter.words])
    return "petition|" + hashlib.sha256(said.encode()).hexdigest()
