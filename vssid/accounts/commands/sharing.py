"""«Cho người khác xem hồ sơ»: made with a code, accepted by the reader, ended by either side."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import transaction

from vssid.accounts import buckets, errors, rules
from vssid.accounts.commands import codes
from vssid.accounts.commands.change_tickets import open_ticket, seal_ticket
from vssid.accounts.models import Account, CodePurpose
from vssid.audit.actors import Actor
from vssid.kernel.clock import format_datetime, vietnam_today
from vssid.kernel.identifiers import LoginKind, LoginNumber, mask_number
from vssid.kernel.text import fold
from vssid.kernel.uuid7 import uuid7
from vssid.limits import commands as limits
from vssid.messaging import commands as messaging
from vssid.people import commands as people
from vssid.people import queries
from vssid.people import rules as people_rules
from vssid.people.errors import ShareOverError
from vssid.people.models import Person, Share, ShareEnd
from vssid.people.visibility import Part

_TICKET: Final = "share"
_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class Wish:
    """Who is to read what for how long: a number, parts, and a term of `SHARE_TERMS`."""

    reader: str
    reader_name: str
    parts: frozenset[Part]
    term: str


def prepare_share(
    *, number: str, typed: LoginNumber, name: str, parts: frozenset[Part], term: str, now: datetime
) -> str:
    """Check a wish to share; returns the ticket that a code confirms. `send_share_code` is next.

    Every try at a number and name is counted before it is looked at. Raises ChangesHeldError,
    ShareAdultsOnlyError, ShareNothingError, ShareTriesError, ShareSelfError, ShareUnknownError.
    """
    owner = Account.objects.select_related("person").get(person_id=number)
    rules.check_changes_not_held(owner.changes_held_until, now)
    born = owner.person
    if people_rules.age_on(born.birth_date, born.birth_date_precision, vietnam_today(now)) < 18:
        raise errors.ShareAdultsOnlyError
    if not parts:
        raise errors.ShareNothingError
    limit, key = buckets.share_tries(number)
    pause = limits.hit(limit=limit, key=key, now=now)
    if pause is not None:
        raise errors.ShareTriesError(wait=pause)
    reader = _reader(number, typed, name)
    content = [reader.number, reader.full_name, sorted(parts), term]
    return seal_ticket(purpose=_TICKET, number=number, text=json.dumps(content), now=now)


def wish_of(*, number: str, ticket: str, now: datetime) -> Wish:
    """What a ticket is for. Raises TicketLateError."""
    text = open_ticket(purpose=_TICKET, number=number, ticket=ticket, now=now)
    reader, name, parts, term = json.loads(text)
    return Wish(reader, name, frozenset(map(Part, parts)), term)


def send_share_code(*, number: str, ticket: str, now: datetime) -> None:
    """Send (again) the code; it names the reader and serves for exactly this wish.

    Raises TicketLateError, CodeTooSoonError, CodesExhaustedError.
    """
    wish = wish_of(number=number, ticket=ticket, now=now)
    request = codes.CodeRequest(
        purpose=CodePurpose.SHARE,
        subject=number,
        binding=_binding(wish),
        phone=Account.objects.get(person_id=number).phone,
        template="code.share",
        data={"number": mask_number(number), "other": mask_number(wish.reader)},
    )
    codes.issue_code(request=request, by=Actor.citizen(number), now=now)


def finish_share(*, number: str, ticket: str, typed: str, now: datetime) -> Share:
    """Offer the record once the code was typed; both sides are told. The term runs from now.

    Locks both persons. Raises TicketLateError, ChangesHeldError, WrongCodeError, CodeSpentError,
    CodeLateError, ShareExistsError, ShareUnknownError.
    """
    wish = wish_of(number=number, ticket=ticket, now=now)
    proof = codes.try_code(
        purpose=CodePurpose.SHARE, subject=number, binding=_binding(wish), typed=typed, now=now
    )
    terms = people.ShareTerms(wish.parts, now + people_rules.SHARE_TERMS[wish.term])
    with transaction.atomic():
        owner = Account.objects.select_for_update().get(person_id=number)
        rules.check_changes_not_held(owner.changes_held_until, now)
        if not _can_read(wish.reader):
            raise errors.ShareUnknownError
        codes.use_code(proof=proof, now=now)
        share = people.open_share(
            owner=number, reader=wish.reader, terms=terms, by=Actor.citizen(number), now=now
        )
        _tell(share, number, "share.made")
        _tell(share, wish.reader, "share.offered")
    return share


def accept_share(*, number: str, share: Share, now: datetime) -> None:
    """The reader accepts; both sides are told. Raises ShareOverError, also for anybody else."""
    _check_side(number, share.reader_id)
    with transaction.atomic():
        people.accept_share(share=share, by=Actor.citizen(number), now=now)
        _tell(share, share.owner_number, "share.accepted")
        _tell(share, share.reader_id, "share.received")


def decline_share(*, number: str, share: Share, now: datetime) -> None:
    """The reader declines; both sides are told. Raises ShareOverError, also for anybody else."""
    _check_side(number, share.reader_id)
    _end(share, ShareEnd.DECLINED, "share.declined", Actor.citizen(number), now)


def end_share(*, number: str, share: Share, now: datetime) -> None:
    """Either side ends it at once; both are told. Raises ShareOverError, also for anybody else."""
    _check_side(number, share.reader_id, share.owner_number)
    reason = ShareEnd.OWNER if number == share.owner_number else ShareEnd.READER
    _end(share, reason, "share.ended", Actor.citizen(number), now)


def end_shares_of(*, number: str, by: Actor, now: datetime) -> None:
    """End all that an account gives and reads, because it closes or is locked; both are told.

    In the caller's transaction; the account's row is locked and still there.
    """
    for share in (*queries.shares_by(number, now), *queries.shares_for(number, now)):
        _end(share, ShareEnd.ACCOUNT, "share.ended", by, now)


def end_over(*, now: datetime) -> int:
    """End what is over by its term or by a death, and tell who is left; returns how many."""
    by, ended = Actor.system("accounts.end_shares"), 0
    for share in queries.shares_over(now, _AT_ONCE):
        is_lapsed = share.ends_at <= now
        reason = ShareEnd.TERM if is_lapsed else ShareEnd.DEATH
        try:
            _end(share, reason, "share.lapsed" if is_lapsed else "share.ended", by, now)
        except ShareOverError:
            # Somebody pressed «Dừng» at the same moment.
            continue
        ended += 1
    return ended


def _end(share: Share, reason: ShareEnd, template: str, by: Actor, now: datetime) -> None:
    with transaction.atomic():
        people.end_share(share=share, reason=reason, by=by, now=now)
        _tell(share, share.owner_number, template)
        _tell(share, share.reader_id, template)


def _check_side(number: str, *sides: str) -> None:
    if number not in sides:
        raise ShareOverError


def _reader(owner: str, typed: LoginNumber, name: str) -> Person:
    """Whom number and name lead to; the same refusal, whichever is wrong or missing."""
    number: str | None = typed.number
    if typed.kind is LoginKind.PERSONAL:
        number = queries.number_by_identity(typed.number)
    if number == owner:
        raise errors.ShareSelfError
    person = Person.objects.filter(number=number, died_on__isnull=True).first() if number else None
    has_name = person is not None and person.search_key == fold(name)
    if person is None or not has_name or not _can_read(person.number):
        raise errors.ShareUnknownError
    return person


def _can_read(number: str) -> bool:
    return Account.objects.filter(person_id=number, locked_at__isnull=True).exists()


def _binding(wish: Wish) -> str:
    """Not the ticket: whoever starts again with the very same wish may use the code in hand."""
    return "|".join(["share", wish.reader, ",".join(sorted(wish.parts)), wish.term])


def _tell(share: Share, number: str, template: str) -> None:
    """Tell one side, when there is an account to tell."""
    account = Account.objects.filter(person_id=number).first()
    if account is None:
        return
    letter = messaging.Letter(
        template,
        {
            "number": mask_number(share.owner_number),
            "other": mask_number(share.reader_id),
            "until": format_datetime(share.ends_at),
            "hotline": settings.VSSID_HOTLINE,
        },
    )
    key = f"{template}.{uuid7()}"
    messaging.notify(phone=account.phone, email=account.email, letter=letter, key=key)
